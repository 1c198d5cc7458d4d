"""Accounts: registering, logging in, tokens that are refreshed and revoked, API keys, what admins do."""

from collections.abc import Callable

import httpx
import pytest
from e2e.api import Api, Secrets
from e2e.deployment import Deployment
from e2e.refusals import assert_refused

ME = "/api/auth/me"


def refreshed(api: Api, refresh_token: str) -> httpx.Response:
    return api.http.post("/api/auth/refresh", json={"refresh_token": refresh_token})


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def new_api_key(api: Api, name: str = "ci") -> tuple[str, str]:
    """Its id and the key."""
    answer = api.http.post("/api/auth/api-keys", json={"name": name})
    assert answer.status_code == 201
    key = answer.json()
    api.secrets.add(key["key"])
    return key["api_key_id"], key["key"]


@pytest.mark.parametrize("role", ["candidate", "recruiter"])
def test_who_registered_logs_in_and_is_who_they_said(nobody: Api, role: str) -> None:
    nobody.register(role).log_in()
    me = nobody.read(ME)
    assert me == {
        "user_id": nobody.user_id,
        "email": nobody.email,
        "full_name": None,
        "role": role,
        "status": "active",
        "created_at": me["created_at"],
    }


def test_an_address_is_registered_once_in_whatever_case(nobody: Api) -> None:
    nobody.register("candidate")
    again = {"email": nobody.email.upper(), "password": "another password"}
    nobody.secrets.add(again["email"], again["password"])
    assert_refused(nobody.http.post("/api/auth/register", json=again), 409, "There is an account")
    nobody.log_in(nobody.email.upper())


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(nobody: Api) -> None:
    nobody.register("candidate")
    details = {
        assert_refused(
            nobody.http.post("/api/auth/login", json={"email": email, "password": "not the password"}), 401
        )
        for email in (nobody.email, "unknown@mail.example")
    }
    assert len(details) == 1


def test_refreshing_gives_a_new_pair_and_ends_the_old_refresh_token(recruiter: Api) -> None:
    answer = refreshed(recruiter, recruiter.refresh_token)
    assert answer.status_code == 200
    tokens = answer.json()
    assert tokens["refresh_token"] != recruiter.refresh_token
    assert (tokens["token_type"], tokens["expires_in"]) == ("bearer", 900)
    recruiter.use(tokens)
    assert recruiter.http.get(ME).status_code == 200


def test_a_refresh_token_that_comes_twice_ends_the_whole_session(recruiter: Api) -> None:
    stolen = recruiter.refresh_token
    recruiter.use(refreshed(recruiter, stolen).json())
    assert recruiter.http.get(ME).status_code == 200

    assert_refused(refreshed(recruiter, stolen), 401, "log in again")

    assert_refused(refreshed(recruiter, recruiter.refresh_token), 401, "log in again")
    assert_refused_soon(recruiter)
    recruiter.log_in()
    assert recruiter.http.get(ME).status_code == 200


def test_logging_out_ends_the_session_at_once_and_no_other(recruiter: Api) -> None:
    first = recruiter.http.headers["Authorization"]
    recruiter.log_in()
    assert recruiter.http.get(ME).status_code == 200

    assert recruiter.http.post("/api/auth/logout").status_code == 200

    assert_refused_soon(recruiter)
    assert_refused(refreshed(recruiter, recruiter.refresh_token), 401, "log in again")
    assert recruiter.http.get(ME, headers={"Authorization": first}).status_code == 200


def test_an_api_key_stands_until_it_is_revoked(recruiter: Api) -> None:
    key_id, key = new_api_key(recruiter)
    assert recruiter.http.get(ME, headers=bearer(key)).json()["user_id"] == recruiter.user_id
    assert [listed["key"] for listed in recruiter.read("/api/auth/api-keys")] == [None]

    assert recruiter.http.delete(f"/api/auth/api-keys/{key_id}").status_code == 200

    assert_refused_soon(recruiter, **bearer(key))
    assert recruiter.read("/api/auth/api-keys") == []
    assert_refused(recruiter.http.delete(f"/api/auth/api-keys/{key_id}"), 404, "no such API key")


def test_an_api_key_is_nobody_else_s_to_see_or_revoke(recruiter: Api, candidate: Api) -> None:
    key_id, key = new_api_key(recruiter)
    assert candidate.read("/api/auth/api-keys") == []
    assert_refused(candidate.http.delete(f"/api/auth/api-keys/{key_id}"), 404, "no such API key")
    assert recruiter.http.get(ME, headers=bearer(key)).status_code == 200


def test_suspending_somebody_ends_their_tokens_and_keys_at_once(recruiter: Api, admin: Api) -> None:
    _, key = new_api_key(recruiter)
    assert recruiter.http.get(ME, headers=bearer(key)).status_code == 200

    change(admin, recruiter, status="suspended")

    assert_refused_soon(recruiter)
    assert_refused_soon(recruiter, **bearer(key))
    assert_refused(refreshed(recruiter, recruiter.refresh_token), 401)
    login = {"email": recruiter.email, "password": recruiter.password}
    assert_refused(recruiter.http.post("/api/auth/login", json=login), 403, "suspended")

    change(admin, recruiter, status="active")
    recruiter.log_in()
    assert recruiter.http.get(ME).status_code == 200


def test_a_new_role_counts_for_tokens_that_are_out_already(candidate: Api, admin: Api) -> None:
    assert_refused(candidate.post_files([("cv.pdf", b"x")]), 403, "Only recruiters")
    change(admin, candidate, role="recruiter")
    refusal = candidate.post_files([("cv.pdf", b"x")])
    for _ in range(100):
        if refusal.status_code != 403:
            break
        refusal = candidate.post_files([("cv.pdf", b"x")])
    assert_refused(refusal, 400, "not a resume document")


def test_an_admin_lists_the_accounts_of_a_role_page_by_page(
    admin: Api, sign_up: Callable[[str], Api]
) -> None:
    newest = [sign_up("recruiter").user_id for _ in range(3)][::-1]
    first = admin.read("/api/admin/users?role=recruiter&limit=2")
    second = admin.read("/api/admin/users?role=recruiter&limit=2&skip=2")
    assert [user["user_id"] for user in [*first, *second]][:3] == newest
    assert {user["role"] for user in [*first, *second]} == {"recruiter"}
    assert all("password" not in name for user in first for name in user)


def test_where_recruiters_are_approved_one_waits_until_an_admin_lets_them_in(
    distributed: Deployment, secrets: Secrets, settings: dict[str, str]
) -> None:
    with distributed.set_up_otherwise("gateway", HOTGIGS_RECRUITER_APPROVAL="1"):
        recruiter, admin = Api(distributed.url, secrets), Api(distributed.url, secrets)
        admin.log_in(settings["HOTGIGS_ADMIN_EMAIL"], settings["HOTGIGS_ADMIN_PASSWORD"])
        recruiter.register("recruiter")
        login = {"email": recruiter.email, "password": recruiter.password}
        assert_refused(recruiter.http.post("/api/auth/login", json=login), 403, "waits for an admin")
        pending = admin.read("/api/admin/users?status=pending")
        assert [user["user_id"] for user in pending] == [recruiter.user_id]

        change(admin, recruiter, status="active")

        recruiter.log_in()
        assert recruiter.http.get(ME).status_code == 200
        assert Api(distributed.url, secrets).register("candidate").log_in().read(ME)["status"] == "active"


def test_admins_cannot_lock_themselves_out_and_strangers_are_unknown(admin: Api, nobody: Api) -> None:
    own = admin.read(ME)["user_id"]
    answer = admin.http.patch(f"/api/admin/users/{own}", json={"role": "candidate"})
    assert_refused(answer, 403, "their own account")
    unknown = own[:-4] + ("0000" if own[-4:] != "0000" else "0001")
    assert_refused(admin.http.patch(f"/api/admin/users/{unknown}", json={}), 404, "no such user")
    nobody.register("candidate")
    wrong = admin.http.patch(f"/api/admin/users/{nobody.user_id}", json={"status": "deleted"})
    assert_refused(wrong, 400, "status")


def change(admin: Api, user: Api, **changes: str) -> None:
    answer = admin.http.patch(f"/api/admin/users/{user.user_id}", json=changes)
    assert answer.status_code == 200
    assert changes.items() <= answer.json().items()


def assert_refused_soon(api: Api, **headers: str) -> None:
    """At once, as far as a notification between two connections is."""
    for _ in range(100):
        answer = api.http.get(ME, headers=headers)
        if answer.status_code == 401:
            break
    assert_refused(answer, 401)
