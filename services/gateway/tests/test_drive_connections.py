"""What becomes of a connection: who is led where with it, who sees it, and what of it is to be read."""

import logging
from base64 import urlsafe_b64encode
from hashlib import sha256
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import httpx
import pytest
from consent_stage import CONNECTIONS, GATEWAY, PROXY, Browser, ConsentStage, query_of, with_query
from litestar import Litestar, get
from support.stand_in_drive import StandInDrive

from hotgigs.chassis.database import Pool
from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.drive_connections.refused import WORDS
from hotgigs.gateway.http import cors_config

ADA, BEN = (Principal(user_id=uuid4(), role="recruiter") for _ in range(2))
PERSON = Principal(user_id=uuid4(), role="candidate")
PAGE = "https://app.example/drive?tab=folders#new"
BROWSERS_LOGGERS = ("httpx", "httpcore")
PROXIED = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.1"}


async def listed(browser: Browser, who: Principal) -> list[str]:
    answer = await browser.ask(who, "GET", CONNECTIONS)
    assert answer.status_code == 200
    assert all(set(each) == {"connection_id", "created_at", "expires_at"} for each in answer.json())
    return [each["connection_id"] for each in answer.json()]


async def test_everybody_sees_their_own_connections_the_newest_first(
    consents: ConsentStage, browser: Browser
) -> None:
    over = await browser.connection_id(ADA)
    await consents.let_pass(3601)
    first, of_ben, second = [await browser.connection_id(who) for who in (ADA, BEN, ADA)]
    assert over not in (shown := await listed(browser, ADA))
    assert (shown, await listed(browser, BEN)) == ([second, first], [of_ben])


async def test_a_connection_is_removed_by_its_user_alone(consents: ConsentStage, browser: Browser) -> None:
    connection_id = await browser.connection_id(ADA)
    path = f"{CONNECTIONS}/{connection_id}"
    admin = Principal(user_id=uuid4(), role="admin")
    unknown = await browser.ask(BEN, "DELETE", f"{CONNECTIONS}/{UUID(int=0)}")
    for who in (BEN, admin):
        answer = await browser.ask(who, "DELETE", path)
        assert (answer.status_code, answer.json()) == (404, unknown.json())
    assert (await browser.ask(ADA, "DELETE", path)).status_code == 200
    assert (await browser.ask(ADA, "DELETE", path)).status_code == 404
    assert await consents.sealed_grant(ADA, connection_id) is None


@pytest.mark.parametrize(("who", "status_code"), [(None, 401), (PERSON, 403)], ids=["nobody", "a person"])
async def test_connections_are_recruiters_and_admins_business(
    browser: Browser, who: Principal | None, status_code: int
) -> None:
    for method, path in (("GET", CONNECTIONS), ("DELETE", f"{CONNECTIONS}/{UUID(int=0)}")):
        assert (await browser.ask(who, method, path)).status_code == status_code


async def test_the_browser_is_led_to_the_operator_s_page(consents: ConsentStage, browser: Browser) -> None:
    consents.set_up(drive_return_url=PAGE)
    answer = await browser.connect(ADA)
    (connection_id,) = await listed(browser, ADA)
    assert answer.status_code == 303
    assert answer.headers["Location"] == (
        f"https://app.example/drive?tab=folders&connection_id={connection_id}#new"
    )
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"


async def test_the_operator_s_page_is_told_why_nothing_is_connected(
    consents: ConsentStage, browser: Browser, google: StandInDrive
) -> None:
    consents.set_up(drive_return_url=PAGE)
    google.behave(consent="deny")
    denied = await browser.connect(ADA)
    nothing = await browser.come_back(f"{GATEWAY}/api/google-drive/callback?error=%0d%0aX:%20y")
    for answer, reason in ((denied, "access_denied"), (nothing, "incomplete")):
        assert answer.status_code == 303
        assert query_of(answer.headers["Location"]) == {
            "tab": "folders",
            "error": reason,
            "error_description": WORDS[reason],
        }


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//app.example/drive", "app.example"])
def test_the_operator_s_page_is_on_the_web(consents: ConsentStage, address: str) -> None:
    with pytest.raises(ValueError, match="drive_return_url"):
        consents.set_up(drive_return_url=address)


async def redirect_uri(browser: Browser, **headers: str) -> str:
    """For what comes to the gateway without TLS."""
    answer = await browser.ask(
        ADA, "GET", "/api/google-drive/authorize", base="http://gateway.example", **headers
    )
    is_secure = "; secure" in answer.headers["Set-Cookie"].lower()
    address = query_of(answer.json()["authorization_url"])["redirect_uri"]
    assert is_secure == (urlsplit(address).scheme == "https")
    return address


async def test_google_leads_back_to_where_the_request_came_from(browser: Browser) -> None:
    assert await redirect_uri(browser) == "http://gateway.example/api/google-drive/callback"


async def test_a_trusted_proxy_says_that_the_browser_came_by_tls(consents: ConsentStage) -> None:
    async with consents.browser(address=PROXY) as browser:
        assert await redirect_uri(browser, **PROXIED) == f"{GATEWAY}/api/google-drive/callback"


async def test_nobody_else_does(browser: Browser) -> None:
    assert await redirect_uri(browser, **PROXIED) == "http://gateway.example/api/google-drive/callback"


async def test_google_leads_back_to_where_the_operator_says(consents: ConsentStage, browser: Browser) -> None:
    """Behind what changes the paths, too."""
    address = "https://hotgigs.example/v1/api/google-drive/callback"
    consents.set_up(google_redirect_uri=address)
    assert await redirect_uri(browser) == address
    (answer,) = browser.seen
    assert "path=/v1/api/google-drive/callback;" in answer.headers["Set-Cookie"].lower()


async def test_nothing_secret_of_a_consent_can_be_read_anywhere(
    consents: ConsentStage,
    browser: Browser,
    google: StandInDrive,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Tokens, codes, states and cookies, of consents that went well and of those that did not: not in the
    database, not in a log, and not in an answer that is not meant to have them."""
    for talkative in (None, "httpx2"):
        caplog.set_level(logging.DEBUG, logger=talkative)
    capfd.readouterr()
    begun = [await browser.begun(ADA) for _ in range(4)]
    cookies = [*browser.http.cookies.values()]
    backs = [await browser.led_back(url) for url in begun]
    google.faults.add("token", "internal", after=2)
    await browser.come_back(backs[0])
    await browser.come_back(backs[0])
    await browser.come_back(with_query(backs[1], {"code": "4/made-up"}))
    await browser.come_back(backs[2])

    secrets = [*google.accounts.tokens_given(), *cookies, *(query_of(url)["state"] for url in begun)]
    assert len(secrets) == 4 + 2 + 4 + 4
    kept = await consents.rows_as_text()
    of_gateway = [one for one in caplog.records if one.name.partition(".")[0] not in BROWSERS_LOGGERS]
    logged = "\n".join([*(one.getMessage() for one in of_gateway), *capfd.readouterr()])
    answered = "".join(answer.text for answer in browser.seen if answer.request.url.path.endswith("callback"))
    (connection_id,) = await listed(browser, ADA)
    assert connection_id in kept
    assert [answer.status_code for answer in browser.seen[4:8]] == [200, 400, 400, 503]
    assert "/api/google-drive/callback" in logged
    assert "/token" in logged
    for secret in secrets:
        for text in (kept, logged, answered):
            assert secret not in text
            assert secret.encode().hex() not in text
    assert consents.settings.google_client_secret.get_secret_value() not in kept + logged + answered


async def test_who_reads_the_database_cannot_redeem_a_code(browser: Browser, pool: Pool) -> None:
    challenge = query_of(await browser.begun(ADA))["code_challenge"]
    (row,) = await pool.fetch("SELECT * FROM drive_consents")
    kept = b"".join(value for value in row.values() if isinstance(value, bytes))
    shortest, longest = 43, 128
    guesses = [kept[i : i + n] for n in range(shortest, longest + 1) for i in range(len(kept) - n + 1)]
    assert guesses
    assert challenge not in {urlsafe_b64encode(sha256(guess).digest()).decode()[:43] for guess in guesses}


@pytest.mark.parametrize(
    ("origins", "is_let"),
    [(["https://app.example"], True), (["https://*.example"], False), (["*"], False)],
    ids=["named", "any of a domain", "any"],
)
async def test_pages_of_origins_named_in_full_may_have_the_cookie(origins: list[str], is_let: bool) -> None:
    @get("/", sync_to_thread=False)
    def nothing() -> None:
        """Nothing."""

    app = Litestar([nothing], cors_config=cors_config(origins), openapi_config=None)
    transport = httpx.ASGITransport(app)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url=GATEWAY) as http:
        named, other = [
            await http.get("/", headers={"Origin": origin})
            for origin in ("https://app.example", "https://elsewhere.test")
        ]
    assert (named.headers.get("Access-Control-Allow-Credentials") == "true") is is_let
    if is_let:
        assert named.headers["Access-Control-Allow-Origin"] == "https://app.example"
        assert "Access-Control-Allow-Origin" not in other.headers
