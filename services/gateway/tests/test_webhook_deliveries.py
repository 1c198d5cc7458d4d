"""What a webhook was told, what its receiver answered, and having it told again."""

import asyncio
from typing import Any
from urllib.parse import quote

import msgspec
import pytest
from support.eventually import eventually
from told import NOW, an_id, erasure, tell
from told_by_notifier import attempt, delivery
from webhook_stage import ANN, WEBHOOKS, Stage, accepted
from writing_app import WritingApp

from hotgigs.chassis.database import Connection, Pool
from hotgigs.contracts.gateway.redeliver import RedeliverV1
from hotgigs.contracts.gateway.send_test_event import SendTestEventV1
from hotgigs.contracts.ingest.candidate_erased import CandidateErasedV1
from hotgigs.contracts.notifier.deliveries_changed import DeliveriesChangedV1
from hotgigs.gateway.settings import GatewaySettings
from hotgigs.gateway.wakeups import delivery_key

REFUSED = attempt(1, status_code=None, error="refused", answer="", duration_ms=3)
BUSY = attempt(2, status_code=503, error="status", answer="Busy.")
FAILED = {
    "status": "failed",
    "attempt_count": 2,
    "attempts": (BUSY, REFUSED),
    "next_attempt_at": None,
    "ended_at": NOW,
}


@pytest.fixture
async def webhooks(writing_app: WritingApp, pool: Pool) -> Stage:
    webhooks = Stage(writing_app, pool)
    await webhooks.set_up()
    return webhooks


PATH = f"/{an_id('webhook')}"


def path_of(name: str) -> str:
    return f"{PATH}/deliveries/{an_id(f'delivery {name}')}"


async def test_a_delivery_says_what_became_of_every_try(webhooks: Stage) -> None:
    await webhooks.told(delivery("first", **FAILED))
    (told,) = await webhooks.read(ANN, f"{PATH}/deliveries")
    assert list(told.items()) == [
        ("delivery_id", str(an_id("delivery first"))),
        ("event", "candidate.added"),
        ("status", "failed"),
        ("is_test", False),
        ("event_ids", [str(an_id("event first"))]),
        ("attempt_count", 2),
        (
            "attempts",
            [
                {
                    "number": 2,
                    "started_at": "2026-03-01T12:02:00Z",
                    "duration_ms": 120,
                    "status_code": 503,
                    "error": "The answer's status was not one of success, which are 200 to 299.",
                    "answer": "Busy.",
                },
                {
                    "number": 1,
                    "started_at": "2026-03-01T12:01:00Z",
                    "duration_ms": 3,
                    "status_code": None,
                    "error": "No connection could be made to the host of the URL.",
                    "answer": "",
                },
            ],
        ),
        ("created_at", "2026-03-01T12:00:00Z"),
        ("next_attempt_at", None),
        ("ended_at", "2026-03-01T12:00:00Z"),
    ]
    assert await webhooks.read(ANN, path_of("first")) == told


async def test_deliveries_are_listed_the_newest_first_on_pages(webhooks: Stage) -> None:
    await webhooks.told(*(delivery(f"{day}", created_at=NOW.replace(day=day)) for day in (2, 5, 1, 4, 3)))
    listed = await webhooks.read(ANN, f"{PATH}/deliveries")
    ids = [str(an_id(f"delivery {day}")) for day in (5, 4, 3, 2, 1)]
    assert [each["delivery_id"] for each in listed] == ids
    path = f"{WEBHOOKS}{PATH}/deliveries"
    answer = await webhooks.app.ask(ANN, "GET", f"{path}?skip=1&limit=2")
    assert [each["delivery_id"] for each in answer.json()] == ids[1:3]
    assert answer.headers["X-Total-Count"] == "5"
    assert answer.headers["Link"] == (
        f'<{path}?limit=2&skip=0>; rel="prev", <{path}?limit=2&skip=3>; rel="next"'
    )
    assert (await webhooks.app.ask(ANN, "GET", f"{path}?limit=101")).status_code == 400


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("status=failed", ["late"]),
        ("status=pending", ["middle", "early"]),
        ("status=withheld", []),
        ("event=match.created", ["middle"]),
        ("event=match.created&status=failed", []),
        ("since=2026-03-03", ["late", "middle"]),
        (f"since={quote('2026-03-04T12:00:01+00:00')}", []),
        ("since=2026-03-04T12:00:00", ["late"]),
    ],
)
async def test_deliveries_are_narrowed(webhooks: Stage, query: str, names: list[str]) -> None:
    await webhooks.told(
        delivery("early"),
        delivery("middle", event="match.created", created_at=NOW.replace(day=3)),
        delivery("late", created_at=NOW.replace(day=4), **FAILED),
        delivery("of another", of="another", **FAILED),
    )
    answer = await webhooks.app.ask(ANN, "GET", f"{WEBHOOKS}{PATH}/deliveries?{query}")
    assert [each["delivery_id"] for each in answer.json()] == [str(an_id(f"delivery {n}")) for n in names]
    assert answer.headers["X-Total-Count"] == str(len(names))


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("status=lost", "status: one of pending, delivered, failed, withheld"),
        ("event=job.posted", "event: one of resume.processing.completed, "),
        ("since=lately", "since: a time such as 2026-01-31T09:00:00Z, or a date such as 2026-01-31"),
    ],
)
async def test_what_cannot_be_narrowed_by_is_refused(webhooks: Stage, query: str, words: str) -> None:
    answer = await webhooks.app.ask(ANN, "GET", f"{WEBHOOKS}{PATH}/deliveries?{query}")
    assert answer.status_code == 400
    assert words in answer.json()["detail"]


async def test_the_delivery_of_another_webhook_is_not_there(webhooks: Stage) -> None:
    await webhooks.set_up("other")
    await webhooks.told(delivery("first"))
    other = path_of("first").replace(PATH, f"/{an_id('other')}")
    assert await webhooks.read(ANN, other, 404) == {"detail": "There is no such delivery."}
    answer = await webhooks.app.ask(ANN, "POST", f"{WEBHOOKS}{other}/redeliver")
    assert answer.status_code == 404
    assert webhooks.app.ingest.commands == []


@pytest.mark.parametrize(
    ("body", "event"),
    [(None, "candidate.added"), ({}, "candidate.added"), ({"event": "candidate.shared"}, "candidate.shared")],
)
async def test_a_test_says_what_the_receiver_answered(webhooks: Stage, body: Any, event: str) -> None:
    answer = await webhooks.app.ask(ANN, "POST", f"{WEBHOOKS}{PATH}/test", body)
    told, sent = answer.json(), webhooks.app.sent
    assert answer.status_code == 200
    assert sent == SendTestEventV1(
        command_id=sent.command_id,
        actor=ANN.actor,
        webhook_id=an_id("webhook"),
        delivery_id=sent.delivery_id,
        event=event,
    )
    assert (told["delivery_id"], told["event"], told["is_test"]) == (str(sent.delivery_id), event, True)
    assert (told["status"], told["attempts"][0]["answer"]) == ("delivered", "Thank you.")
    assert await webhooks.read(ANN, f"{PATH}/deliveries/{sent.delivery_id}") == told


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"event": "job.posted"}, "event: one of resume.processing.completed, "),
        ({"events": []}, "events: there is no such field"),
        ([], "The body's JSON: Expected `object`"),
    ],
)
async def test_a_test_of_nothing_that_there_is_is_refused(webhooks: Stage, body: Any, words: str) -> None:
    answer = await webhooks.app.ask(ANN, "POST", f"{WEBHOOKS}{PATH}/test", body)
    assert answer.status_code == 400
    assert words in answer.json()["detail"]


async def test_a_test_waits_for_the_first_try(webhooks: Stage) -> None:
    webhooks.app.ingest.effect = not_tried_yet
    webhooks.app.resources.settings = GatewaySettings(webhook_test_wait_seconds=60)
    asking = asyncio.create_task(webhooks.app.ask(ANN, "POST", f"{WEBHOOKS}{PATH}/test"))

    async def is_readable() -> bool:
        return bool(await webhooks.read(ANN, f"{PATH}/deliveries"))

    await eventually(is_readable)
    assert not asking.done()
    sent = webhooks.app.sent
    await webhooks.told(accepted(sent))
    webhooks.app.resources.notifications.wake(delivery_key(sent.delivery_id))
    assert (await asking).json()["status"] == "delivered"


async def test_a_test_that_takes_longer_can_be_read_on(webhooks: Stage) -> None:
    webhooks.app.ingest.effect = not_tried_yet
    webhooks.app.resources.settings = GatewaySettings(webhook_test_wait_seconds=0)
    answer = await webhooks.app.ask(ANN, "POST", f"{WEBHOOKS}{PATH}/test")
    assert (answer.status_code, answer.json()["status"], answer.json()["attempts"]) == (200, "pending", [])
    await webhooks.told(accepted(webhooks.app.sent))
    told = await webhooks.read(ANN, f"{PATH}/deliveries/{answer.json()['delivery_id']}")
    assert told["status"] == "delivered"


async def not_tried_yet(connection: Connection, command: SendTestEventV1) -> None:
    state = msgspec.structs.replace(accepted(command), version=1, status="pending", attempt_count=0)
    state = msgspec.structs.replace(state, attempts=(), next_attempt_at=NOW, ended_at=None)
    await tell(connection, DeliveriesChangedV1(deliveries=(state,)))


async def test_while_the_notifier_is_away_a_test_is_answered_as_it_will_be(webhooks: Stage) -> None:
    webhooks.app.without_ingest()
    answer = await webhooks.app.ask(ANN, "POST", f"{WEBHOOKS}{PATH}/test")
    told = answer.json()
    assert (answer.status_code, told["delivery_id"]) == (202, str(webhooks.app.sent.delivery_id))
    assert (told["status"], told["is_test"], told["attempt_count"]) == ("pending", True, 0)


async def test_a_delivery_is_made_again(webhooks: Stage) -> None:
    await webhooks.told(delivery("first", **FAILED))
    answer = await webhooks.app.ask(ANN, "POST", f"{WEBHOOKS}{path_of('first')}/redeliver")
    told = answer.json()
    assert (answer.status_code, told["status"], told["ended_at"]) == (200, "pending", None)
    assert told["attempt_count"] == 2
    assert webhooks.app.sent == RedeliverV1(
        command_id=webhooks.app.sent.command_id,
        actor=ANN.actor,
        webhook_id=an_id("webhook"),
        delivery_id=an_id("delivery first"),
    )


async def test_while_the_notifier_is_away_it_is_answered_as_it_will_be(webhooks: Stage) -> None:
    await webhooks.told(delivery("first", **FAILED))
    webhooks.app.without_ingest()
    answer = await webhooks.app.ask(ANN, "POST", f"{WEBHOOKS}{path_of('first')}/redeliver")
    told = answer.json()
    assert (answer.status_code, told["status"], told["ended_at"]) == (202, "pending", None)
    assert told["next_attempt_at"] is not None


async def test_of_an_erased_candidate_no_delivery_is_left_and_no_kept_answer(webhooks: Stage) -> None:
    await webhooks.told(delivery("erased", **FAILED), delivery("left", **FAILED))
    for name in ("erased", "left"):
        path = f"{WEBHOOKS}{path_of(name)}/redeliver"
        assert (await webhooks.app.ask(ANN, "POST", path, key=name)).status_code == 200
    async with webhooks.pool.acquire() as connection:
        await tell(connection, CandidateErasedV1(erasure=erasure("erased")))
        kept = await connection.fetch("SELECT about_id FROM idempotency_keys")
    assert [row["about_id"] for row in kept] == [an_id("delivery left")]
    await webhooks.read(ANN, path_of("erased"), 404)
    listed = await webhooks.read(ANN, f"{PATH}/deliveries")
    assert [each["delivery_id"] for each in listed] == [str(an_id("delivery left"))]
