"""What Google's token endpoint may answer, and what becomes of it."""

import json
from urllib.parse import parse_qs

import pytest
from support.model_server import Behaviour, answering, endless, hang_up, model_server, raw, silence

from hotgigs.gateway.drive_connections.refused import ConsentRefused
from hotgigs.gateway.drive_connections.token_endpoint import MAX_ANSWER_BYTES, TokenEndpoint
from hotgigs.gateway.settings import GatewaySettings

CODE, VERIFIER, REDIRECT_URI = "4/code+&=", "v" * 43, "https://gateway.example/callback"
TOKENS = {"access_token": "ya29.access", "refresh_token": "1//refresh", "expires_in": 3599}
PACKED = {"Content_Type": "application/json", "Content_Encoding": "gzip"}


def settings_for(url: str, timeout_s: float = 10) -> GatewaySettings:
    return GatewaySettings.model_validate(
        {
            "google_token_uri": f"{url}/token",
            "google_client_id": "client",
            "google_client_secret": "secret",
            "google_timeout_seconds": timeout_s,
        }
    )


def json_of(status: int, answer: object) -> Behaviour:
    return answering(status, json.dumps(answer).encode(), Content_Type="application/json")


async def exchanged(settings: GatewaySettings) -> dict[str, object]:
    return dict(
        await TokenEndpoint(settings).exchange(code=CODE, verifier=VERIFIER, redirect_uri=REDIRECT_URI)
    )


async def refusal_by(*behaviours: Behaviour, timeout_s: float = 10) -> ConsentRefused:
    async with model_server(*behaviours) as google:
        with pytest.raises(ConsentRefused) as refused:
            await exchanged(settings_for(google.url, timeout_s))
    return refused.value


async def test_a_code_and_its_verifier_become_tokens() -> None:
    async with model_server(json_of(200, TOKENS)) as google:
        answer = await exchanged(settings_for(google.url))
    assert {name: answer[name] for name in TOKENS} == TOKENS
    (request,) = google.requests
    assert request.head.startswith("POST /v1/token HTTP/1.1")
    assert parse_qs(request.body.decode()) == {
        "grant_type": ["authorization_code"],
        "code": [CODE],
        "code_verifier": [VERIFIER],
        "redirect_uri": [REDIRECT_URI],
        "client_id": ["client"],
        "client_secret": ["secret"],
    }


@pytest.mark.parametrize(
    ("status", "error", "reason"),
    [
        (400, "invalid_grant", "not_accepted"),
        (400, "something new", "not_accepted"),
        (400, "redirect_uri_mismatch", "misconfigured"),
        (401, "invalid_client", "misconfigured"),
        (429, "rate_limit_exceeded", "unavailable"),
        (503, "invalid_grant", "unavailable"),
        (400, {"code": 400, "message": "of another shape"}, "unavailable"),
    ],
)
async def test_what_google_calls_an_error_is_told_apart(status: int, error: object, reason: str) -> None:
    refused = await refusal_by(json_of(status, {"error": error, "error_description": CODE}))
    assert refused.reason == reason


@pytest.mark.parametrize(
    "behaviour",
    [
        hang_up,
        raw(b"garbage\r\n\r\n"),
        answering(200, b"<html>", Content_Type="text/html"),
        json_of(200, ["a", "list"]),
        json_of(200, TOKENS | {"expires_in": ["soon"]}),
        json_of(200, TOKENS | {"expires_in": "soon"}),
        json_of(500, TOKENS),
        answering(200, b'{"access_token": "\xff"}', Content_Type="application/json"),
        answering(200, json.dumps(TOKENS | {"more": " " * MAX_ANSWER_BYTES}).encode()),
        answering(200, b"packed", **PACKED),
        endless(b" " * 4096),
    ],
    ids=[
        *(
            "hung up",
            "no HTTP",
            "a page",
            "a list",
            "no number",
            "a word for a number",
            "an error of the server",
        ),
        *("no UTF-8", "too large", "packed", "endless"),
    ],
)
async def test_an_answer_that_is_none_means_that_google_is_away(behaviour: Behaviour) -> None:
    assert (await refusal_by(behaviour)).reason == "unavailable"


async def test_silence_is_waited_for_only_so_long() -> None:
    assert (await refusal_by(silence, timeout_s=0.05)).reason == "unavailable"


async def test_an_answer_in_drops_is_waited_for_only_so_long() -> None:
    """Each drop comes within the limit, and all of them do not."""
    assert (await refusal_by(endless(b" ", pause_s=0.02), timeout_s=0.2)).reason == "unavailable"


async def test_nobody_there_means_that_google_is_away() -> None:
    async with model_server(hang_up) as gone:
        pass
    with pytest.raises(ConsentRefused) as refused:
        await exchanged(settings_for(gone.url))
    assert refused.value.reason == "unavailable"


async def test_a_redirect_is_not_followed() -> None:
    """It would take the code and the client's secret to another address."""
    async with model_server(json_of(200, TOKENS)) as elsewhere:
        for status in (302, 307, 308):
            refused = await refusal_by(answering(status, Location=f"{elsewhere.url}/token"))
            assert refused.reason == "unavailable"
    assert elsewhere.requests == []


async def test_a_refusal_quotes_nothing_of_what_was_sent() -> None:
    refused = await refusal_by(json_of(400, {"error": "invalid_grant", "error_description": CODE}))
    assert (str(refused), refused.__cause__, refused.__suppress_context__) == ("not_accepted", None, True)
