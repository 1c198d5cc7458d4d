"""A Drive is connected at Google by whoever asked for it, in the browser that asked, once."""

import asyncio
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import httpx
import msgspec
import pytest
from consent_stage import AUTHORIZE, GATEWAY, Browser, ConsentStage, query_of, with_query
from support.stand_in_drive import StandInDrive
from writing_app import add_user

from hotgigs.chassis.database import Pool
from hotgigs.chassis.sealing import Unopenable
from hotgigs.contracts.drive_grant import DriveGrant
from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.drive_connections import store
from hotgigs.gateway.drive_connections.consent import SCOPE
from hotgigs.gateway.drive_connections.refused import WORDS, Reason

ADA, BEN = (Principal(user_id=uuid4(), role="recruiter") for _ in range(2))


def assert_refused(answer: httpx.Response, reason: Reason) -> None:
    status = {"unavailable": 503, "not_set_up": 501}.get(reason, 400)
    assert (answer.status_code, answer.json()) == (status, {"detail": WORDS[reason]})
    assert_left_behind(answer)


def assert_left_behind(answer: httpx.Response) -> None:
    """Nothing of the address goes anywhere else."""
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"


async def test_a_consent_becomes_a_connection_that_drive_sync_can_open(
    consents: ConsentStage, browser: Browser, google: StandInDrive
) -> None:
    answer = await browser.connect(ADA)

    assert (answer.status_code, set(answer.json())) == (200, {"connection_id", "expires_at"})
    assert_left_behind(answer)
    sealed = await consents.sealed_grant(ADA, answer.json()["connection_id"])
    assert sealed is not None
    grant = msgspec.json.decode(consents.opened(ADA, sealed), type=DriveGrant)
    assert grant.expires_at is not None
    assert {grant.access_token, grant.refresh_token} < set(google.accounts.tokens_given())


async def test_google_is_asked_for_lasting_access_to_read_and_for_nothing_else(browser: Browser) -> None:
    asked = query_of(await browser.begun(ADA))
    assert len(asked.pop("code_challenge")) == 43
    assert len(asked.pop("state")) == 43
    assert asked == {
        "response_type": "code",
        "client_id": "hotgigs.apps.example",
        "redirect_uri": f"{GATEWAY}/api/google-drive/callback",
        "scope": SCOPE,
        "access_type": "offline",
        "prompt": "consent",
        "include_granted_scopes": "true",
        "code_challenge_method": "S256",
    }


async def test_no_two_consents_have_a_secret_in_common(browser: Browser) -> None:
    asked = [query_of(await browser.begun(ADA)) for _ in range(3)]
    assert len({one["state"] for one in asked}) == len({one["code_challenge"] for one in asked}) == 3


async def test_a_code_without_the_verifier_is_worth_nothing(browser: Browser) -> None:
    """Google itself compares: the challenge is another's here."""
    url = await browser.begun(ADA)
    others = query_of(await browser.begun(ADA))["code_challenge"]
    back = await browser.led_back(with_query(url, {"code_challenge": others}))
    assert_refused(await browser.come_back(back), "not_accepted")


async def test_a_consent_is_answered_once(browser: Browser) -> None:
    back = await browser.led_back(await browser.begun(ADA))
    browser_before = dict(browser.http.cookies)
    assert (await browser.come_back(back)).status_code == 200
    browser.http.cookies.update(browser_before)
    assert_refused(await browser.come_back(back), "expired")


async def test_of_answers_that_come_at_once_one_counts(browser: Browser, google: StandInDrive) -> None:
    back = await browser.led_back(await browser.begun(ADA))
    answers = await asyncio.gather(*(browser.come_back(back) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 400, 400, 400]
    assert google.records.statuses[400] == 0


async def test_a_consent_that_failed_is_not_answered_again(browser: Browser, google: StandInDrive) -> None:
    google.faults.add("token", "unavailable")
    back = await browser.led_back(await browser.begun(ADA))
    assert_refused(await browser.come_back(back), "unavailable")
    assert_refused(await browser.come_back(back), "expired")


async def test_another_browser_cannot_answer(consents: ConsentStage, browser: Browser) -> None:
    """Or whoever began a consent could have somebody else consent for them."""
    back = await browser.led_back(await browser.begun(ADA))
    async with consents.browser() as victims:
        assert_refused(await victims.come_back(back), "other_browser")


async def test_a_cookie_of_another_consent_is_not_enough(consents: ConsentStage, browser: Browser) -> None:
    back = await browser.led_back(await browser.begun(ADA))
    async with consents.browser() as victims:
        await victims.begun(BEN)
        (secret,) = victims.http.cookies.values()
        (name,) = browser.http.cookies.keys()
        victims.http.cookies.set(name, secret, domain="gateway.example", path="/")
        assert_refused(await victims.come_back(back), "other_browser")


async def test_two_consents_can_be_open_in_a_browser(browser: Browser) -> None:
    first, second = [await browser.led_back(await browser.begun(ADA)) for _ in range(2)]
    assert [(await browser.come_back(back)).status_code for back in (first, second)] == [200, 200]
    assert dict(browser.http.cookies) == {}


async def test_the_cookie_is_for_the_callback_alone_and_not_for_scripts(browser: Browser) -> None:
    await browser.begun(ADA)
    (answer,) = browser.seen
    name, *flags = answer.headers["Set-Cookie"].split("; ")
    assert name.startswith("hotgigs_drive_")
    assert {flag.lower() for flag in flags} == {
        "httponly",
        "samesite=lax",
        "secure",
        "path=/api/google-drive/callback",
        "max-age=600",
    }
    assert_left_behind(answer)


async def test_a_consent_stands_for_ten_minutes(consents: ConsentStage, browser: Browser) -> None:
    early, late = [await browser.led_back(await browser.begun(ADA)) for _ in range(2)]
    await consents.let_pass(599)
    assert (await browser.come_back(early)).status_code == 200
    await consents.let_pass(2)
    assert_refused(await browser.come_back(late), "expired")


async def test_a_state_that_nobody_gave_is_refused(browser: Browser) -> None:
    for state in ("made-up", "", "\ud800", "\x00", "x" * 10_000):
        url = httpx.URL(f"{GATEWAY}/api/google-drive/callback")
        back = f"{url}?code=4/code&state=" + "".join(
            f"%{byte:02x}" for byte in state.encode("utf-8", "surrogatepass")
        )
        assert_refused(await browser.come_back(back), "expired")


@pytest.mark.parametrize("missing", [("state",), ("code",), ("code", "state")])
async def test_an_address_that_lacks_something_is_refused(browser: Browser, missing: tuple[str, ...]) -> None:
    back = await browser.led_back(await browser.begun(ADA))
    cut = with_query(back, dict.fromkeys(missing))
    assert_refused(await browser.come_back(cut), "incomplete")


async def test_who_declines_is_told_so(browser: Browser, google: StandInDrive) -> None:
    google.behave(consent="deny")
    assert_refused(await browser.connect(ADA), "access_denied")


async def test_who_leaves_the_box_unticked_is_told_so(browser: Browser, google: StandInDrive) -> None:
    google.behave(consented_scopes=["openid"])
    assert_refused(await browser.connect(ADA), "access_not_ticked")


async def test_without_lasting_access_nothing_is_connected(browser: Browser) -> None:
    """As Google answers where it was not asked for consent again."""
    url = await browser.begun(ADA)
    back = await browser.led_back(with_query(url, {"access_type": "online"}))
    assert_refused(await browser.come_back(back), "no_lasting_access")


async def test_an_operator_s_mistake_is_told_as_one(consents: ConsentStage, browser: Browser) -> None:
    consents.set_up(google_client_secret="not the one")
    assert_refused(await browser.connect(ADA), "misconfigured")


async def test_while_google_is_away_it_says_when_to_try_again(browser: Browser, google: StandInDrive) -> None:
    google.faults.add("token", "unavailable")
    answer = await browser.connect(ADA)
    assert_refused(answer, "unavailable")
    assert int(answer.headers["Retry-After"]) > 0


@pytest.mark.parametrize(
    ("role", "status"), [("recruiter", "suspended"), ("recruiter", "pending"), ("candidate", "active")]
)
async def test_who_may_no_more_when_they_come_back_is_refused(
    browser: Browser, pool: Pool, role: str, status: str
) -> None:
    user_id = await add_user(pool)
    back = await browser.led_back(await browser.begun(Principal(user_id=user_id, role="recruiter")))
    await pool.execute("UPDATE users SET role = $2, status = $3 WHERE user_id = $1", user_id, role, status)
    assert_refused(await browser.come_back(back), "not_allowed")


async def test_nobody_else_can_use_or_open_a_connection(consents: ConsentStage, browser: Browser) -> None:
    connection_id = await browser.connection_id(ADA)
    assert await consents.sealed_grant(BEN, connection_id) is None
    sealed = await consents.sealed_grant(ADA, connection_id)
    assert sealed is not None
    with pytest.raises(Unopenable):
        consents.opened(BEN, sealed)


async def test_a_connection_stands_for_an_hour(consents: ConsentStage, browser: Browser) -> None:
    connection_id = await browser.connection_id(ADA)
    await consents.let_pass(3590)
    assert await consents.sealed_grant(ADA, connection_id) is not None
    await consents.let_pass(11)
    assert await consents.sealed_grant(ADA, connection_id) is None


async def test_what_is_over_is_forgotten_and_the_rest_is_not(
    consents: ConsentStage, browser: Browser, pool: Pool
) -> None:
    async def kept() -> list[int]:
        async with pool.acquire() as connection:
            await store.forget_expired(connection)
            tables = ("drive_consents", "drive_connections")
            return [await connection.fetchval(f"SELECT count(*) FROM {table}") for table in tables]

    await browser.connection_id(ADA)
    await browser.begun(ADA)
    assert await kept() == [1, 1]
    await consents.let_pass(601)
    assert await kept() == [0, 1]
    await consents.let_pass(3000)
    assert await kept() == [0, 0]


async def test_where_the_operator_set_nothing_up_it_says_so(consents: ConsentStage, browser: Browser) -> None:
    consents.set_up(google_client_id="")
    answer = await browser.ask(ADA, "GET", AUTHORIZE)
    assert (answer.status_code, answer.json()) == (501, {"detail": WORDS["not_set_up"]})
    assert_refused(await browser.come_back(f"{GATEWAY}/api/google-drive/callback"), "not_set_up")


@pytest.mark.parametrize(
    "who", [None, Principal(user_id=UUID(int=1), role="candidate")], ids=["nobody", "a person"]
)
async def test_recruiters_and_admins_connect_a_drive(browser: Browser, who: Principal | None) -> None:
    answer = await browser.ask(who, "GET", AUTHORIZE)
    assert answer.status_code == (401 if who is None else 403)
    assert urlsplit(await browser.begun(Principal(user_id=UUID(int=2), role="admin"))).path == "/authorize"
