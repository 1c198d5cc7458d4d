"""Who sets a webhook up lists, changes, tests, rotates and deletes it, and nobody else."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from told import NOW
from told_by_notifier import delivery
from webhook_stage import ADMIN, ANN, BEN, FAR_AHEAD, GIVEN, PERSON, URL, WEBHOOKS, Stage
from writing_app import WritingApp

from hotgigs.chassis.database import Pool
from hotgigs.contracts.gateway.change_webhook import ChangeWebhookV1
from hotgigs.contracts.gateway.delete_webhook import DeleteWebhookV1
from hotgigs.contracts.gateway.recover_deliveries import RecoverDeliveriesV1
from hotgigs.contracts.gateway.rotate_webhook_secret import RotateWebhookSecretV1
from hotgigs.contracts.rejection import Rejection

CHANGE = {
    "url": "https://ann.example/elsewhere",
    "events": ["resume.processing.failed"],
    "description": "",
    "batch": True,
    "min_score": 80.0,
    "is_active": False,
}
SINCE = {"since": "2026-03-01T00:00:00Z"}
FIRST = delivery("first")
REQUESTS: tuple[tuple[str, str, dict[str, Any] | None], ...] = (
    ("GET", "", None),
    ("PUT", "", CHANGE),
    ("POST", "/test", None),
    ("POST", "/rotate-secret", None),
    ("POST", "/recover", SINCE),
    ("GET", "/deliveries", None),
    ("GET", f"/deliveries/{FIRST.delivery_id}", None),
    ("POST", f"/deliveries/{FIRST.delivery_id}/redeliver", None),
    ("DELETE", "", None),
)
COMMANDS = tuple(each for each in REQUESTS if each[0] != "GET")


@pytest.fixture
def webhooks(writing_app: WritingApp, pool: Pool) -> Stage:
    return Stage(writing_app, pool)


@pytest.mark.parametrize(("method", "path", "body"), REQUESTS)
async def test_somebody_elses_webhook_is_not_there_for_admins_either(
    webhooks: Stage, method: str, path: str, body: dict[str, Any] | None
) -> None:
    state = await webhooks.set_up()
    await webhooks.told(FIRST)
    for who in (BEN, ADMIN, PERSON):
        answer = await webhooks.app.ask(who, method, f"{WEBHOOKS}/{state.webhook_id}{path}", body)
        unknown = await webhooks.app.ask(who, method, f"{WEBHOOKS}/{uuid4()}{path}", body)
        assert answer.status_code == unknown.status_code == 404
        assert answer.json() == unknown.json() == {"detail": "There is no such webhook."}
    assert webhooks.app.ingest.commands == []
    answer = await webhooks.app.ask(ANN, method, f"{WEBHOOKS}/{state.webhook_id}{path}", body)
    assert answer.status_code == 200


async def test_a_webhook_stays_its_owners_in_any_role(webhooks: Stage) -> None:
    state = await webhooks.set_up()
    former = msgspec.structs.replace(ANN, role="candidate")
    assert (await webhooks.read(former, f"/{state.webhook_id}"))["url"] == state.url


async def test_everybody_lists_their_own_the_newest_first(webhooks: Stage) -> None:
    names = {
        str((await webhooks.set_up(name, owner=owner, created_at=NOW.replace(day=day))).webhook_id): name
        for day, (name, owner) in enumerate(
            [("old", ANN), ("of Ben", BEN), ("new", ANN), ("of the admin", ADMIN)], start=1
        )
    }
    for who, expected in ((ANN, ["new", "old"]), (BEN, ["of Ben"]), (ADMIN, ["of the admin"])):
        answer = await webhooks.app.ask(who, "GET", WEBHOOKS)
        assert [names[each["webhook_id"]] for each in answer.json()] == expected
        assert answer.headers["X-Total-Count"] == str(len(expected))
    answer = await webhooks.app.ask(ANN, "GET", f"{WEBHOOKS}?limit=1")
    assert answer.headers["Link"] == f'<{WEBHOOKS}?limit=1&skip=1>; rel="next"'
    assert (await webhooks.app.ask(ANN, "GET", f"{WEBHOOKS}?skip=2")).json() == []


@pytest.mark.parametrize(
    ("disabled_by", "words"),
    [
        ("owner", "set is_active to true"),
        ("gone", "answered 410 Gone"),
        ("failing", "accepted nothing for days"),
        ("owner_inactive", "account is suspended"),
    ],
)
async def test_why_it_is_off_is_said_in_words(webhooks: Stage, disabled_by: str, words: str) -> None:
    state = await webhooks.set_up(is_active=False, disabled_by=disabled_by, disabled_at=NOW)
    told = await webhooks.read(ANN, f"/{state.webhook_id}")
    assert words in told["disabled_reason"]
    assert (told["is_active"], told["disabled_at"]) == (False, "2026-03-01T12:00:00Z")


@pytest.mark.parametrize(("until", "is_shown"), [(NOW, False), (FAR_AHEAD, True)])
async def test_a_previous_secret_is_told_of_while_it_is_signed_with(
    webhooks: Stage, until: Any, is_shown: bool
) -> None:
    state = await webhooks.set_up(old_secrets_until=until)
    told = await webhooks.read(ANN, f"/{state.webhook_id}")
    assert (told["previous_secret_valid_until"] is not None) == is_shown


async def test_an_answer_has_a_tag_to_ask_again_by(webhooks: Stage) -> None:
    state = await webhooks.set_up()
    answer = await webhooks.app.ask(ANN, "GET", f"{WEBHOOKS}/{state.webhook_id}")
    assert answer.headers["ETag"].startswith('W/"')
    assert answer.headers["Cache-Control"] == "private, no-cache"


async def test_a_webhook_is_changed(webhooks: Stage) -> None:
    state = await webhooks.set_up(description="Ours")
    answer = await webhooks.app.ask(ANN, "PUT", f"{WEBHOOKS}/{state.webhook_id}", CHANGE)
    assert answer.status_code == 200
    assert answer.json().items() >= CHANGE.items()
    assert answer.json() == await webhooks.read(ANN, f"/{state.webhook_id}")
    assert webhooks.app.sent == ChangeWebhookV1(
        command_id=webhooks.app.sent.command_id,
        actor=ANN.actor,
        webhook_id=state.webhook_id,
        url="https://ann.example/elsewhere",
        events=("resume.processing.failed",),
        description="",
        is_batched=True,
        min_score=80.0,
        is_active=False,
    )


async def test_what_is_left_out_of_a_change_stays(webhooks: Stage) -> None:
    state = await webhooks.set_up()
    await webhooks.app.ask(ANN, "PUT", f"{WEBHOOKS}/{state.webhook_id}", {"min_score": 0})
    sent = webhooks.app.sent
    assert (sent.url, sent.events, sent.description) == (None, None, None)
    assert (sent.is_batched, sent.min_score, sent.is_active) == (None, 0.0, None)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "Send at least one of url, events, description, batch, min_score, is_active."),
        ({"url": None}, "Send at least one of url"),
        ({"url": "https://192.168.0.1/"}, "url: Its address is not one of the public internet."),
        ({"events": []}, "events: Expected `array` of length >= 1"),
        ({"min_score": -1}, "min_score: Expected `float` >= 0"),
        ({"is_active": 1}, "is_active: Expected `bool | null`"),
        ({"secret": "whsec_own"}, "secret: there is no such field"),
    ],
)
async def test_a_change_that_makes_no_sense_is_refused(
    webhooks: Stage, body: dict[str, Any], words: str
) -> None:
    state = await webhooks.set_up()
    answer = await webhooks.app.ask(ANN, "PUT", f"{WEBHOOKS}/{state.webhook_id}", body)
    assert answer.status_code == 400
    assert words in answer.json()["detail"]
    assert webhooks.app.ingest.commands == []


@pytest.mark.parametrize(
    ("was_active", "body", "words"),
    [
        (True, {"is_active": False}, "It was switched off."),
        (False, {"is_active": True}, None),
        (False, {"url": URL}, "Its receiver answered 410 Gone"),
        (False, {"is_active": False}, "Its receiver answered 410 Gone"),
        (True, {"events": ["match.created"]}, None),
    ],
)
async def test_while_the_notifier_is_away_a_change_is_answered_as_it_will_be(
    webhooks: Stage, was_active: bool, body: dict[str, Any], words: str | None
) -> None:
    state = await webhooks.set_up(
        is_active=was_active,
        disabled_by=None if was_active else "gone",
        disabled_at=None if was_active else NOW,
    )
    webhooks.app.without_ingest()
    answer = await webhooks.app.ask(ANN, "PUT", f"{WEBHOOKS}/{state.webhook_id}", body)
    told = answer.json()
    assert answer.status_code == 202
    assert told.items() >= body.items()
    assert (told["disabled_reason"] or "").startswith(words or "")
    assert (told["disabled_at"] is None) == (told["disabled_reason"] is None) == (words is None)


@pytest.mark.parametrize(("method", "path", "body"), COMMANDS)
async def test_what_the_notifier_refuses_is_said_in_its_words(
    webhooks: Stage, method: str, path: str, body: dict[str, Any] | None
) -> None:
    state = await webhooks.set_up(is_active=False)
    await webhooks.told(FIRST)
    detail = "This webhook is switched off; switch it on first."
    webhooks.app.ingest.rejection = Rejection(code="conflict", detail=detail)
    answer = await webhooks.app.ask(ANN, method, f"{WEBHOOKS}/{state.webhook_id}{path}", body)
    assert (answer.status_code, answer.json()) == (409, {"detail": detail})


@pytest.mark.parametrize(("method", "path", "body"), COMMANDS)
async def test_while_the_notifier_is_away_a_command_is_safe(
    webhooks: Stage, method: str, path: str, body: dict[str, Any] | None
) -> None:
    state = await webhooks.set_up()
    await webhooks.told(FIRST)
    webhooks.app.without_ingest()
    answer = await webhooks.app.ask(ANN, method, f"{WEBHOOKS}/{state.webhook_id}{path}", body)
    assert answer.status_code == 202
    assert webhooks.app.sent.webhook_id == state.webhook_id


async def test_a_secret_is_rotated_and_the_new_one_shown_once(webhooks: Stage) -> None:
    state = await webhooks.set_up()
    path = f"{WEBHOOKS}/{state.webhook_id}"
    answer = await webhooks.app.ask(ANN, "POST", f"{path}/rotate-secret")
    told, sent = answer.json(), webhooks.app.sent
    assert answer.status_code == 200
    assert webhooks.opened(sent) == told.pop("secret")
    assert told == await webhooks.read(ANN, f"/{state.webhook_id}")
    assert told["previous_secret_valid_until"] is not None
    assert sent == RotateWebhookSecretV1(
        command_id=sent.command_id,
        actor=ANN.actor,
        webhook_id=state.webhook_id,
        sealed_secret=sent.sealed_secret,
    )


async def test_a_rotation_that_is_tried_again_with_its_key_is_one(webhooks: Stage) -> None:
    state = await webhooks.set_up()
    path = f"{WEBHOOKS}/{state.webhook_id}/rotate-secret"
    webhooks.app.without_ingest()
    answers = []
    for _ in range(2):
        answers.append((await webhooks.app.ask(ANN, "POST", path, key="k")).json())
        async with webhooks.pool.acquire() as connection:
            await connection.execute("UPDATE idempotency_keys SET status = NULL, answer = NULL")
    first, second = webhooks.app.ingest.commands
    assert first == second
    assert [each["secret"] for each in answers] == [webhooks.opened(first)] * 2


async def test_each_rotation_makes_another_secret(webhooks: Stage) -> None:
    state = await webhooks.set_up()
    path = f"{WEBHOOKS}/{state.webhook_id}/rotate-secret"
    answers = [(await webhooks.app.ask(ANN, "POST", path, key=key)).json() for key in ("k", "l", None)]
    assert len({each["secret"] for each in answers}) == 3


async def test_a_deleted_webhook_is_gone_with_its_deliveries(webhooks: Stage) -> None:
    state = await webhooks.set_up()
    await webhooks.told(FIRST)
    answer = await webhooks.app.ask(ANN, "DELETE", f"{WEBHOOKS}/{state.webhook_id}")
    assert (answer.status_code, answer.json()) == (200, {"message": "Webhook deleted successfully"})
    assert webhooks.app.sent == DeleteWebhookV1(
        command_id=webhooks.app.sent.command_id, actor=ANN.actor, webhook_id=state.webhook_id
    )
    for path in ("", "/deliveries", f"/deliveries/{FIRST.delivery_id}"):
        await webhooks.read(ANN, f"/{state.webhook_id}{path}", 404)
    assert await webhooks.read(ANN, "") == []


@pytest.mark.parametrize(
    ("body", "until"),
    [
        ({"since": "2026-03-01T13:00:00+01:00"}, None),
        ({"since": "2026-03-01T12:00:00Z", "until": "2026-03-02T12:00:00Z"}, NOW + timedelta(days=1)),
    ],
)
async def test_what_has_failed_in_a_time_is_recovered(
    webhooks: Stage, body: dict[str, Any], until: Any
) -> None:
    state = await webhooks.set_up()
    webhooks.app.ingest.result = {"one word": 50, "the next": 7}
    answer = await webhooks.app.ask(ANN, "POST", f"{WEBHOOKS}/{state.webhook_id}/recover", body)
    assert (answer.status_code, answer.json()) == (
        200,
        {"message": "Deliveries recovered successfully", "recovered": 57},
    )
    assert webhooks.app.sent == RecoverDeliveriesV1(
        command_id=webhooks.app.sent.command_id,
        actor=ANN.actor,
        webhook_id=state.webhook_id,
        since=NOW,
        until=until,
    )


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "Object missing required field `since`"),
        ({"since": "yesterday"}, "since: Invalid RFC3339 encoded datetime"),
        ({"since": "2026-03-01T12:00:00"}, "since: Expected `datetime` with a timezone component"),
        ({"since": "0001-01-01T00:00:00+23:59"}, "since: a time such as 2026-01-31T09:00:00Z"),
        (SINCE | {"until": "9999-12-31T23:59:59-23:59"}, "until: a time such as 2026-01-31T09:00:00Z"),
        (SINCE | {"until": SINCE["since"]}, "until is not after since."),
    ],
)
async def test_a_time_that_makes_no_sense_is_refused(
    webhooks: Stage, body: dict[str, Any], words: str
) -> None:
    state = await webhooks.set_up()
    answer = await webhooks.app.ask(ANN, "POST", f"{WEBHOOKS}/{state.webhook_id}/recover", body)
    assert answer.status_code == 400
    assert words in answer.json()["detail"]
    assert webhooks.app.ingest.commands == []


async def test_the_event_types_are_told_to_everybody(webhooks: Stage) -> None:
    told = await webhooks.read(PERSON, "/event-types")
    assert GIVEN["events"][0] in [each["event"] for each in told]
