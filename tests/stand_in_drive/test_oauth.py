import urllib.parse
from typing import Any

import httpx
import pytest
from authlib.integrations.httpx_client import OAuth2Client
from google.auth.exceptions import RefreshError
from googleapiclient.errors import HttpError
from support.stand_in_drive import StandInDrive
from support.stand_in_drive.accounts import METADATA, READONLY

CLIENT = {"client_id": "hotgigs.apps.example.com", "client_secret": "a client secret"}
REDIRECT = "https://app.example.com/callback"
VERIFIER = "v" * 43


def test_an_expired_access_token_is_refreshed(drive: StandInDrive, client: Any) -> None:
    drive.accounts.expire_access_tokens()

    assert client.files().list().execute()["files"] == []

    record = drive.records.read()
    assert record.requests["token"] == 1
    assert record.statuses[401] == 1
    assert len(record.tokens_seen) == 2


def test_tokens_expire_after_so_many_requests(drive: StandInDrive, client_of: Any) -> None:
    drive.behave(requests_per_access_token=2)
    client = client_of(drive.accounts.grant())

    for _ in range(5):
        client.files().list().execute()

    assert drive.records.read().requests == {"files.list": 7, "token": 2}


def test_a_revoked_grant_cannot_be_refreshed(drive: StandInDrive, client: Any) -> None:
    drive.accounts.revoke()

    with pytest.raises(RefreshError, match="invalid_grant"):
        client.files().list().execute()


def test_a_grant_without_refresh_token_ends_with_its_access_token(
    drive: StandInDrive, client_of: Any
) -> None:
    grant = drive.accounts.grant(is_offline=False)
    client = client_of(grant)
    assert grant.refresh_token is None
    client.files().list().execute()
    drive.accounts.expire_access_tokens()

    with pytest.raises(RefreshError):
        client.files().list().execute()


def test_a_refresh_token_may_be_good_once_only(drive: StandInDrive) -> None:
    drive.behave(rotate_refresh_tokens=True)
    asked = {"grant_type": "refresh_token", "refresh_token": drive.accounts.grant().refresh_token, **CLIENT}

    first = httpx.post(drive.token_uri, data=asked)
    again = httpx.post(drive.token_uri, data=asked)

    assert first.json()["refresh_token"] != asked["refresh_token"]
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")


def test_the_client_is_checked_where_one_is_set(drive: StandInDrive) -> None:
    drive.behave(**CLIENT)
    refresh = {"grant_type": "refresh_token", "refresh_token": drive.accounts.grant().refresh_token}

    wrong = httpx.post(drive.token_uri, data=refresh | CLIENT | {"client_secret": "guessed"})
    right = httpx.post(drive.token_uri, data=refresh | CLIENT)

    assert (wrong.status_code, wrong.json()["error"]) == (401, "invalid_client")
    assert right.json()["expires_in"] == 3599


def test_scopes_that_are_too_narrow_are_refused(drive: StandInDrive, client_of: Any) -> None:
    file_id = drive.files.add_file("a.pdf", b"")
    client = client_of(drive.accounts.grant(scopes=[METADATA]))

    assert len(client.files().list().execute()["files"]) == 1
    with pytest.raises(HttpError) as refused:
        client.files().get_media(fileId=file_id).execute()

    assert refused.value.status_code == 403
    assert refused.value.error_details[0]["reason"] == "ACCESS_TOKEN_SCOPE_INSUFFICIENT"


def test_who_names_nobody_is_refused(drive: StandInDrive) -> None:
    nobody = httpx.get(drive.api_endpoint + "files")
    wrong = httpx.get(drive.api_endpoint + "files", headers={"Authorization": "Bearer guessed"})

    assert nobody.status_code == 403
    assert wrong.status_code == 401
    assert wrong.json()["error"]["status"] == "UNAUTHENTICATED"
    assert wrong.headers["WWW-Authenticate"].startswith("Bearer ")


def consented(drive: StandInDrive, **asked: str) -> dict[str, str]:
    """What the browser brings back."""
    with OAuth2Client(
        **CLIENT, scope=READONLY, redirect_uri=REDIRECT, code_challenge_method="S256"
    ) as browser:
        address, _ = browser.create_authorization_url(
            drive.authorize_uri, code_verifier=VERIFIER, **{"access_type": "offline", **asked}
        )
    answer = httpx.get(address)
    assert answer.status_code == 302
    location = urllib.parse.urlsplit(answer.headers["Location"])
    assert f"{location.scheme}://{location.netloc}{location.path}" == REDIRECT
    return dict(urllib.parse.parse_qsl(location.query))


def redeemed(drive: StandInDrive, code: str, **given: str) -> httpx.Response:
    asked = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT, **CLIENT}
    return httpx.post(drive.token_uri, data=asked | {"code_verifier": VERIFIER} | given)


def test_consent_gives_a_code_that_is_redeemed_once(drive: StandInDrive, client_of: Any) -> None:
    drive.behave(**CLIENT, redirect_uris=[REDIRECT])
    brought = consented(drive, state="a state")

    tokens = redeemed(drive, brought["code"]).json()
    again = redeemed(drive, brought["code"])

    assert brought["state"] == "a state"
    assert tokens["token_type"] == "Bearer"
    assert tokens["scope"] == READONLY
    assert httpx.get(
        drive.api_endpoint + "files", headers={"Authorization": f"Bearer {tokens['access_token']}"}
    ).is_success
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    assert {brought["code"], tokens["access_token"], tokens["refresh_token"]} <= set(
        drive.accounts.tokens_given()
    )


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"code_verifier": "w" * 43}, "invalid_grant"),
        ({"code_verifier": ""}, "invalid_grant"),
        ({"redirect_uri": "https://evil.example.com"}, "redirect_uri_mismatch"),
        ({"client_id": "another"}, "unauthorized_client"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
    ],
)
def test_a_code_is_bound_to_who_asked_for_it(drive: StandInDrive, wrong: dict[str, str], error: str) -> None:
    refused = redeemed(drive, consented(drive)["code"], **wrong)

    assert not refused.is_success
    assert refused.json()["error"] == error


def test_a_refresh_token_is_given_at_the_first_consent_and_when_asked_again(drive: StandInDrive) -> None:
    def keys(**asked: str) -> set[str]:
        return set(redeemed(drive, consented(drive, **asked)["code"]).json())

    assert "refresh_token" in keys()
    assert "refresh_token" not in keys()
    assert "refresh_token" in keys(prompt="consent")
    assert "refresh_token" not in keys(prompt="consent", access_type="online")


def test_a_user_may_deny(drive: StandInDrive) -> None:
    drive.behave(consent="deny")

    assert consented(drive, state="a state") == {"error": "access_denied", "state": "a state"}


def test_a_user_may_leave_out_a_scope(drive: StandInDrive) -> None:
    drive.behave(consented_scopes=[])

    assert redeemed(drive, consented(drive)["code"]).json()["scope"] == ""


def test_an_address_that_is_not_registered_gets_no_code(drive: StandInDrive) -> None:
    drive.behave(redirect_uris=["https://another.example.com/callback"])

    answer = httpx.get(
        drive.authorize_uri,
        params={"client_id": "any", "redirect_uri": REDIRECT, "response_type": "code", "scope": READONLY},
    )

    assert answer.status_code == 400
    assert "Location" not in answer.headers


def test_revoking_one_token_ends_the_consent(drive: StandInDrive, client_of: Any) -> None:
    grant = drive.accounts.grant()
    other = client_of(drive.accounts.grant())

    assert httpx.post(drive.revoke_uri, data={"token": grant.refresh_token}).is_success

    with pytest.raises(RefreshError):
        client_of(grant).files().list().execute()
    other.files().list().execute()
