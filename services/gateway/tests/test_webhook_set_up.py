"""A webhook is set up, and its secret shown once."""

import re
from typing import Any

import msgspec
import pytest
from webhook_stage import ADMIN, ANN, BEN, GIVEN, PERSON, URL, WEBHOOKS, Stage
from writing_app import WritingApp

from hotgigs.chassis.database import Pool
from hotgigs.chassis.sealing import Sealing
from hotgigs.contracts import webhook_secret
from hotgigs.contracts.gateway.add_webhook import AddWebhookV1
from hotgigs.contracts.rejection import Rejection
from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.settings import GatewaySettings
from hotgigs.gateway.webhooks.shown import WebhookWithSecret


@pytest.fixture
def webhooks(writing_app: WritingApp, pool: Pool) -> Stage:
    return Stage(writing_app, pool)


@pytest.mark.parametrize("who", [ANN, ADMIN, PERSON], ids=["recruiter", "admin", "candidate"])
async def test_everybody_who_has_an_account_sets_a_webhook_up(webhooks: Stage, who: Principal) -> None:
    given = GIVEN | {"description": " Ours ", "batch": True, "min_score": 72.5, "is_active": False}
    answer = await webhooks.app.ask(who, "POST", WEBHOOKS, given)
    sent = webhooks.app.sent
    assert answer.status_code == 201
    told = answer.json()
    secret = told.pop("secret")
    assert list(told.items()) == [
        ("webhook_id", str(sent.webhook_id)),
        ("url", URL),
        ("events", ["match.created", "candidate.added"]),
        ("description", "Ours"),
        ("batch", True),
        ("min_score", 72.5),
        ("is_active", False),
        ("disabled_reason", None),
        ("disabled_at", None),
        ("previous_secret_valid_until", None),
        ("created_at", "2026-03-01T12:00:00Z"),
        ("updated_at", "2026-03-01T12:01:00Z"),
    ]
    assert msgspec.structs.replace(sent, sealed_secret=b"") == AddWebhookV1(
        command_id=sent.command_id,
        actor=who.actor,
        webhook_id=sent.webhook_id,
        url=URL,
        events=("match.created", "candidate.added"),
        description="Ours",
        is_batched=True,
        min_score=72.5,
        is_active=False,
        sealed_secret=b"",
    )
    assert await webhooks.read(who, f"/{sent.webhook_id}") == told
    assert webhooks.opened(sent) == secret
    assert len(webhook_secret.key_of(secret)) == 32


async def test_what_is_left_out_is_what_most_want(webhooks: Stage) -> None:
    await webhooks.app.ask(ANN, "POST", WEBHOOKS, GIVEN | {"events": ["candidate.added"] * 2})
    sent = webhooks.app.sent
    assert (sent.events, sent.description) == (("candidate.added",), "")
    assert (sent.is_batched, sent.min_score, sent.is_active) == (False, 0.0, True)


async def test_each_webhook_has_a_secret_of_its_own(webhooks: Stage) -> None:
    secrets = {
        (await webhooks.app.ask(who, "POST", WEBHOOKS, GIVEN)).json()["secret"] for who in (ANN, ANN, BEN)
    }
    assert len(secrets) == 3
    assert all(re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=", secret) for secret in secrets)


async def test_a_secret_is_shown_once(webhooks: Stage) -> None:
    answer = await webhooks.app.ask(ANN, "POST", WEBHOOKS, GIVEN)
    for path in ("", f"/{webhooks.app.sent.webhook_id}"):
        shown = await webhooks.app.ask(ANN, "GET", f"{WEBHOOKS}{path}")
        assert "secret" not in shown.text.replace("previous_secret_valid_until", "")
        assert answer.json()["secret"] not in shown.text
    assert "whsec_" not in repr(msgspec.convert(answer.json(), WebhookWithSecret))
    assert "whsec_" not in repr(webhooks.app.sent)


async def test_no_secret_is_in_any_table_of_the_gateway(webhooks: Stage) -> None:
    answer = await webhooks.app.ask(ANN, "POST", WEBHOOKS, GIVEN, key="k")
    secret = answer.json()["secret"]
    async with webhooks.pool.acquire() as connection:
        tables = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'gateway'")
        kept = [
            row["kept"]
            for table in tables
            for row in await connection.fetch(
                f"SELECT row_to_json(a_row)::text AS kept FROM gateway.{table['tablename']} AS a_row"
            )
        ]
    whole = "\n".join(kept)
    assert URL in whole
    for form in (secret.encode(), webhook_secret.key_of(secret)):
        assert form.hex() not in whole
    assert secret not in whole


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"url": "http://ann.example/hooks"}, "url: It has to begin with https://."),
        ({"url": "https://ann:word@ann.example/"}, "url: It has a user or a password in it."),
        ({"url": "https://ann.example/#here"}, "url: It has a fragment"),
        ({"url": "https://10.0.0.7/hooks"}, "url: Its address is not one of the public internet."),
        ({"url": "https://[::ffff:127.0.0.1]/"}, "url: Its address is not one of the public internet."),
        ({"url": "https://0x7f.1/"}, "url: Its host is not an address in the usual form."),
        ({"url": "https://localhost/"}, "url: Its host is a name of a local network."),
        ({"url": "ftp://ann.example/"}, "url: It is no absolute http or https URL"),
        ({"url": "https://ann.example/{in}"}, "url: It is not in the form of RFC 3986: other characters"),
        ({"url": "https://ann.example/" + "a" * 2048}, "url: Expected `str` of length <= 2048"),
        ({"url": " "}, "url: write something, in one line"),
        ({"events": []}, "events: Expected `array` of length >= 1"),
        ({"events": ["candidate.erased"]}, "events[0]: one of resume.processing.completed, "),
        ({"min_score": 101}, "min_score: Expected `float` <= 100"),
        ({"batch": "yes"}, "batch: Expected `bool`"),
        ({"description": "a" * 501}, "description: Expected `str` of length <= 500"),
        ({"description": "a\nb"}, "description: write it in one line"),
        ({"secret": "whsec_own"}, "secret: there is no such field"),
    ],
)
async def test_what_is_wrong_is_said(webhooks: Stage, fields: dict[str, Any], words: str) -> None:
    answer = await webhooks.app.ask(ANN, "POST", WEBHOOKS, GIVEN | fields)
    assert answer.status_code == 400
    assert words in answer.json()["detail"]
    assert webhooks.app.ingest.commands == []


@pytest.mark.parametrize(
    ("allowed", "url", "status"),
    [
        ("webhook_allow_http", "http://ann.example/hooks", 201),
        ("webhook_allow_http", "http://127.0.0.1:8080/", 400),
        ("webhook_allow_private", "http://127.0.0.1:8080/", 201),
        ("webhook_allow_private", "http://localhost:8080/", 201),
        ("webhook_allow_private", "http://ann@localhost:8080/", 400),
    ],
)
async def test_an_operator_allows_more(webhooks: Stage, allowed: str, url: str, status: int) -> None:
    webhooks.app.resources.settings = GatewaySettings(**{allowed: True})
    answer = await webhooks.app.ask(ANN, "POST", WEBHOOKS, GIVEN | {"url": url})
    assert answer.status_code == status


async def test_one_too_many_is_refused_in_its_owners_words(webhooks: Stage) -> None:
    detail = "You have 20 webhooks; delete one first."
    webhooks.app.ingest.rejection = Rejection(code="conflict", detail=detail)
    answer = await webhooks.app.ask(ANN, "POST", WEBHOOKS, GIVEN)
    assert (answer.status_code, answer.json()) == (409, {"detail": detail})


@pytest.mark.parametrize(("is_active", "words"), [(True, None), (False, "It was switched off.")])
async def test_while_the_notifier_is_away_a_webhook_is_answered_as_it_will_be(
    webhooks: Stage, is_active: bool, words: str | None
) -> None:
    webhooks.app.without_ingest()
    answer = await webhooks.app.ask(ANN, "POST", WEBHOOKS, GIVEN | {"is_active": is_active})
    told = answer.json()
    assert (answer.status_code, told["webhook_id"]) == (202, str(webhooks.app.sent.webhook_id))
    assert (told["url"], told["events"], told["is_active"]) == (URL, GIVEN["events"], is_active)
    assert (told["disabled_reason"] or "").startswith(words or "")
    assert webhooks.opened(webhooks.app.sent) == told["secret"]


async def test_without_the_bus_nothing_is_set_up(webhooks: Stage) -> None:
    webhooks.app.ingest.broker_is_away = True
    answer = await webhooks.app.ask(ANN, "POST", WEBHOOKS, GIVEN)
    assert answer.status_code == 503
    assert "whsec_" not in answer.text


async def test_a_request_that_is_tried_again_with_its_key_has_the_same_answer(webhooks: Stage) -> None:
    answers = [await webhooks.app.ask(ANN, "POST", WEBHOOKS, GIVEN, key="k") for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["secret"] == webhooks.opened(webhooks.app.sent)


async def test_a_try_that_goes_on_answers_the_secret_that_was_sent(webhooks: Stage) -> None:
    """Of the first the answer was lost, and the webhook was made."""
    first = await webhooks.app.ask(ANN, "POST", WEBHOOKS, GIVEN, key="k")
    await lose_answer(webhooks)
    again = await webhooks.app.ask(ANN, "POST", WEBHOOKS, GIVEN, key="k")
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.json()["secret"] == webhooks.opened(webhooks.app.sent)


async def test_every_try_sends_the_same_secret(webhooks: Stage) -> None:
    webhooks.app.without_ingest()
    secrets = []
    for _ in range(3):
        answer = await webhooks.app.ask(ANN, "POST", WEBHOOKS, GIVEN, key="k")
        secrets.append(answer.json()["secret"])
        await lose_answer(webhooks)
    first, *others = webhooks.app.ingest.commands
    assert others == [first, first]
    assert {*secrets, webhooks.opened(first)} == {secrets[0]}


async def lose_answer(webhooks: Stage) -> None:
    """As when a gateway is killed before it keeps it."""
    async with webhooks.pool.acquire() as connection:
        await connection.execute("UPDATE idempotency_keys SET status = NULL, answer = NULL")


async def test_a_secret_that_cannot_be_opened_any_more_is_not_made_up(webhooks: Stage) -> None:
    webhooks.app.ingest.broker_is_away = True
    await webhooks.app.ask(ANN, "POST", WEBHOOKS, GIVEN, key="k")
    webhooks.app.ingest.broker_is_away = False
    webhooks.app.resources.webhook_sealing = Sealing(["another-key-" * 4], label=webhook_secret.LABEL)
    answer = await webhooks.app.ask(ANN, "POST", WEBHOOKS, GIVEN, key="k")
    assert answer.status_code == 409
    assert "rotate its secret" in answer.json()["detail"]
    assert webhooks.app.ingest.commands == []
