"""What becomes of send_test_event, redeliver and recover_deliveries."""

import asyncio
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from support.notifier_service import NotifierService, actor, deliveries_in

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.gateway.recover_deliveries import RecoverDeliveriesV1
from hotgigs.contracts.gateway.redeliver import RedeliverV1
from hotgigs.contracts.gateway.send_test_event import SendTestEventV1
from hotgigs.contracts.message import Message
from hotgigs.contracts.notifier.deliveries_changed import MOST_DELIVERIES
from hotgigs.contracts.webhook_events import DATA_OF, EXAMPLE_OF, WebhookEvent
from hotgigs.contracts.webhook_state import DeliveryState
from hotgigs.notifier import on_recover_deliveries
from hotgigs.notifier.rendering import bodies

OWNER = actor()


def example_of(webhook_id: UUID, owner: Actor = OWNER, **fields: Any) -> SendTestEventV1:
    fields = {"delivery_id": uuid4(), "event": "candidate.added"} | fields
    return SendTestEventV1(command_id=uuid4(), actor=owner, webhook_id=webhook_id, **fields)


def again(webhook_id: UUID, delivery_id: UUID, owner: Actor = OWNER) -> RedeliverV1:
    return RedeliverV1(command_id=uuid4(), actor=owner, webhook_id=webhook_id, delivery_id=delivery_id)


async def recovery_of(
    notifier: NotifierService, webhook_id: UUID, owner: Actor = OWNER, *, hours: float = 1, until: float = 0
) -> RecoverDeliveriesV1:
    """Of what has failed in the last ``hours``, until some hours ago."""
    now = await notifier.now()
    return RecoverDeliveriesV1(
        command_id=uuid4(),
        actor=owner,
        webhook_id=webhook_id,
        since=now - timedelta(hours=hours),
        until=now - timedelta(hours=until) if until else None,
    )


async def refusal(notifier: NotifierService, command: Message) -> str:
    settled, told = await notifier.does(command)
    assert settled.rejection is not None
    assert not told
    return settled.rejection.code


@pytest.mark.parametrize("event", list(DATA_OF))
async def test_a_test_event_is_due_at_once_whatever_is_subscribed(
    notifier: NotifierService, event: WebhookEvent
) -> None:
    webhook_id = await notifier.adds(OWNER)
    command = example_of(webhook_id, event=event)
    (delivery,) = deliveries_in(await notifier.does_well(command))
    assert delivery == DeliveryState(
        delivery_id=command.delivery_id,
        webhook_id=webhook_id,
        version=1,
        event=event,
        is_test=True,
        status="pending",
        created_at=delivery.created_at,
        next_attempt_at=delivery.created_at,
    )
    assert delivery.created_at <= await notifier.now()


@pytest.mark.parametrize(
    ("event", "is_batched", "is_batch"),
    [("match.created", True, True), ("match.created", False, False), ("candidate.added", True, False)],
)
async def test_a_test_event_has_the_shape_of_what_it_is_an_example_of(
    notifier: NotifierService, event: WebhookEvent, is_batched: bool, is_batch: bool
) -> None:
    webhook_id = await notifier.adds(OWNER, is_batched=is_batched)
    command = example_of(webhook_id, event=event)
    await notifier.does_well(command)
    async with notifier.pool.acquire() as connection:
        body = (await bodies(connection, [command.delivery_id]))[command.delivery_id]
    assert body is not None
    data, example = json.loads(body)["data"], str(EXAMPLE_OF[event].event_id)
    assert [each["event_id"] for each in (data["items"] if is_batch else [data])] == [example]


async def test_a_test_event_that_comes_twice_is_delivered_once(notifier: NotifierService) -> None:
    command = example_of(await notifier.adds(OWNER))
    settled, _ = await notifier.does(command)
    await notifier.carry_out(command)
    assert await notifier.told() == [settled]
    assert await notifier.pool.fetchval("SELECT count(*) FROM deliveries") == 1


async def test_no_delivery_is_made_under_an_id_that_another_has(notifier: NotifierService) -> None:
    webhook_id = await notifier.adds(OWNER)
    others = await notifier.has_failed(await notifier.adds(actor()))
    assert await refusal(notifier, example_of(webhook_id, delivery_id=others)) == "conflict"
    assert (await notifier.delivery(others))["version"] == 1


@pytest.mark.parametrize("status", ["delivered", "failed", "withheld"])
async def test_whatever_became_of_a_delivery_it_is_made_again_with_a_new_schedule(
    notifier: NotifierService, status: str
) -> None:
    webhook_id = await notifier.adds(OWNER)
    delivery_id = await notifier.has_failed(webhook_id, status=status)
    await notifier.pool.execute(
        "INSERT INTO attempts (delivery_id, number, started_at, duration_ms, status_code, error, answer)"
        " VALUES ($1, 10, now(), 7, 500, 'status', 'Oh no')",
        delivery_id,
    )
    (delivery,) = deliveries_in(await notifier.does_well(again(webhook_id, delivery_id)))
    assert (delivery.delivery_id, delivery.version, delivery.status) == (delivery_id, 2, "pending")
    assert (delivery.attempt_count, [attempt.number for attempt in delivery.attempts]) == (10, [10])
    assert delivery.ended_at is None
    assert delivery.next_attempt_at is not None
    assert delivery.created_at <= delivery.next_attempt_at <= await notifier.now()
    assert len(delivery.event_ids) == 1
    assert (await notifier.delivery(delivery_id))["scheduled_count"] == 0


async def test_one_that_waits_for_its_next_try_is_due_now(notifier: NotifierService) -> None:
    webhook_id = await notifier.adds(OWNER)
    tomorrow = await notifier.now() + timedelta(days=1)
    delivery_id = await notifier.has_delivery(
        webhook_id, next_attempt_at=tomorrow, attempt_count=4, scheduled_count=4
    )
    (delivery,) = deliveries_in(await notifier.does_well(again(webhook_id, delivery_id)))
    assert delivery.next_attempt_at is not None
    assert delivery.next_attempt_at <= await notifier.now()


async def test_whoever_has_it_in_hand_has_it_no_more(notifier: NotifierService) -> None:
    webhook_id = await notifier.adds(OWNER)
    delivery_id = await notifier.has_in_hand(webhook_id)
    await notifier.does_well(again(webhook_id, delivery_id))
    kept = await notifier.delivery(delivery_id)
    assert (kept["lease_token"], kept["lease_until"], kept["status"]) == (None, None, "pending")


async def test_a_batch_that_is_delivered_again_takes_in_nothing_more(notifier: NotifierService) -> None:
    webhook_id = await notifier.adds(OWNER, is_batched=True)
    delivery_id = await notifier.has_delivery(webhook_id, is_batch=True, is_open=True)
    await notifier.does_well(again(webhook_id, delivery_id))
    assert not (await notifier.delivery(delivery_id))["is_open"]


async def test_deliveries_of_other_webhooks_are_not_there(notifier: NotifierService) -> None:
    webhook_id, second = await notifier.adds(OWNER), await notifier.adds(OWNER)
    others = await notifier.has_failed(await notifier.adds(actor()))
    for delivery_id in (others, await notifier.has_failed(second), uuid4()):
        assert await refusal(notifier, again(webhook_id, delivery_id)) == "not_found"
    assert (await notifier.delivery(others))["status"] == "failed"


async def test_what_failed_in_the_time_is_made_again_and_nothing_else(notifier: NotifierService) -> None:
    webhook_id = await notifier.adds(OWNER)
    now = await notifier.now()

    async def failed(hours_ago: float, **columns: Any) -> UUID:
        created_at = now - timedelta(hours=hours_ago)
        return await notifier.has_failed(webhook_id, **({"created_at": created_at} | columns))

    others = [await failed(9), await failed(1), await failed(4, status="delivered")]
    others += [await failed(4, status="withheld")]
    others += [await notifier.has_failed(await notifier.adds(OWNER), created_at=now - timedelta(hours=4))]
    waits = await failed(4, status="pending", next_attempt_at=now, ended_at=None)
    expected = {await failed(7.9), await failed(2.1), await failed(4)}
    told = await notifier.does_well(await recovery_of(notifier, webhook_id, hours=8, until=2))
    assert {(each.delivery_id, each.status, each.version) for each in deliveries_in(told)} == {
        (delivery_id, "pending", 2) for delivery_id in expected
    }
    for delivery_id in (*others, waits):
        assert (await notifier.delivery(delivery_id))["version"] == 1


async def test_without_an_end_all_since_then_is_made_again(notifier: NotifierService) -> None:
    webhook_id = await notifier.adds(OWNER)
    failed = {await notifier.has_failed(webhook_id) for _ in range(3)}
    told = await notifier.does_well(await recovery_of(notifier, webhook_id))
    assert {each.delivery_id for each in deliveries_in(told)} == failed


async def test_where_nothing_failed_nothing_is_told(notifier: NotifierService) -> None:
    webhook_id = await notifier.adds(OWNER)
    settled, told = await notifier.does(await recovery_of(notifier, webhook_id))
    assert (settled.rejection, settled.events, told) == (None, 0, [])


async def test_many_are_told_in_several_events_each_once(notifier: NotifierService) -> None:
    webhook_id = await notifier.adds(OWNER)
    failed = {await notifier.has_failed(webhook_id) for _ in range(MOST_DELIVERIES + 1)}
    settled, told = await notifier.does(await recovery_of(notifier, webhook_id))
    assert settled.events == len(told) == 2
    assert sorted(each.delivery_id for each in deliveries_in(told)) == sorted(failed)


async def test_more_than_can_be_made_again_at_once_are_refused(
    notifier: NotifierService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(on_recover_deliveries, "MOST_RECOVERED", 2)
    webhook_id = await notifier.adds(OWNER)
    now = await notifier.now()
    for hours in (1, 2, 3):
        await notifier.has_failed(webhook_id, created_at=now - timedelta(hours=hours))
    assert await refusal(notifier, await recovery_of(notifier, webhook_id, hours=9)) == "conflict"
    for hours, until, count in ((9.0, 1.5, 2), (9.0, 0.0, 1)):
        recovery = await recovery_of(notifier, webhook_id, hours=hours, until=until)
        assert len(deliveries_in(await notifier.does_well(recovery))) == count


async def test_those_who_deliver_are_woken(notifier: NotifierService) -> None:
    webhook_id = await notifier.adds(OWNER)
    delivery_id = await notifier.has_failed(webhook_id)
    commands: list[Callable[[], Any]] = [
        lambda: notifier.does_well(example_of(webhook_id)),
        lambda: notifier.does_well(again(webhook_id, delivery_id)),
    ]
    notifications = notifier.resources.notifications
    listening = asyncio.create_task(notifications.run())
    try:
        with notifications.watch("deliveries") as wakeup:
            assert await wakeup.wait(20)
            for carry_out in commands:
                await carry_out()
                assert await wakeup.wait(20)
            await notifier.has_failed(webhook_id)
            await notifier.does_well(await recovery_of(notifier, webhook_id))
            assert await wakeup.wait(20)
    finally:
        listening.cancel()


async def test_nothing_is_made_for_a_webhook_that_is_off(notifier: NotifierService) -> None:
    webhook_id = await notifier.adds(OWNER, is_active=False)
    delivery_id = await notifier.has_failed(webhook_id)
    commands = example_of(webhook_id), again(webhook_id, delivery_id), await recovery_of(notifier, webhook_id)
    for command in commands:
        assert await refusal(notifier, command) == "conflict"
    assert (await notifier.delivery(delivery_id))["status"] == "failed"
    assert await notifier.pool.fetchval("SELECT count(*) FROM deliveries") == 1


async def test_for_others_the_webhook_is_not_there(notifier: NotifierService) -> None:
    webhook_id, stranger = await notifier.adds(OWNER), actor("admin")
    delivery_id = await notifier.has_failed(webhook_id)
    commands = (
        example_of(webhook_id, stranger),
        again(webhook_id, delivery_id, stranger),
        await recovery_of(notifier, webhook_id, stranger),
    )
    for command in commands:
        assert await refusal(notifier, command) == "not_found"
