"""Whatever is slow, dead, away or wrong: others are not held up by it, and nothing is lost."""

import asyncio
from collections.abc import Collection, Mapping
from uuid import UUID

import pytest
from support.dispatching import DispatchingNotifier, Hangs, Receiver, answers
from support.eventually import eventually
from support.notifier_service import actor
from support.postgres import cut_connections

from hotgigs.chassis.database import Connection, Pool
from hotgigs.notifier import rendering, trying


async def test_webhooks_that_hang_leave_the_others_their_slots(
    pool: Pool, database_url: str, receiver: Receiver
) -> None:
    notifier = DispatchingNotifier(pool, database_url, receiver, webhook_tries_at_once=8)
    hangs = Hangs()
    owner = actor()
    hanging = [await notifier.has_webhook(f"hangs{number}", owner, host=number) for number in range(6)]
    well = await notifier.has_webhook("well", owner)
    receiver.answers = {f"hangs{number}": hangs for number in range(6)}
    await notifier.pool.execute(
        "UPDATE health SET mean_duration_ms = 15000 WHERE webhook_id = ANY($1)", hanging
    )
    async with notifier.dispatching():
        for webhook_id in hanging:
            await notifier.is_due(webhook_id, 3)
        await hangs.is_reached(4)
        for delivery_id in await notifier.is_due(well, 20):
            await notifier.is_tried(delivery_id)
        assert hangs.reached == 4
        hangs.may_answer.set()
        await notifier.all_become("delivered")


async def test_a_provider_that_hangs_with_all_of_its_webhooks_leaves_the_others_their_slots(
    pool: Pool, database_url: str, receiver: Receiver
) -> None:
    notifier = DispatchingNotifier(pool, database_url, receiver, webhook_tries_at_once=16)
    hangs = Hangs()
    receiver.answers = {f"hangs{number}": hangs for number in range(20)}
    hanging = [await notifier.has_webhook(f"hangs{number}") for number in range(20)]
    well = await notifier.has_webhook("well", host=1)
    async with notifier.dispatching():
        for webhook_id in hanging:
            await notifier.is_due(webhook_id, 2)
        await hangs.is_reached(4)
        for delivery_id in await notifier.is_due(well, 20):
            await notifier.is_tried(delivery_id)
        hangs.may_answer.set()
        await notifier.all_become("delivered")


async def test_what_is_under_way_when_the_process_drains_ends_and_is_recorded_and_nothing_is_begun(
    notifier: DispatchingNotifier, receiver: Receiver
) -> None:
    receiver.answers["hook"] = hangs = Hangs()
    webhook_id, other_id = await notifier.has_webhook("hook"), await notifier.has_webhook("other")
    async with notifier.dispatching():
        (under_way,) = await notifier.is_due(webhook_id)
        await hangs.is_reached()
        notifier.resources.stopping.set()
        notifier.resources.notifications.wake_all()
        await notifier.is_due(other_id)
        hangs.may_answer.set()
        await notifier.is_tried(under_way)
    assert receiver.all_received == [str(under_way)]


async def test_what_goes_on_for_longer_than_draining_is_given_back_and_tried_by_another_at_once(
    pool: Pool, database_url: str, receiver: Receiver
) -> None:
    one = DispatchingNotifier(pool, database_url, receiver, drain_seconds=0)
    other = DispatchingNotifier(pool, database_url, receiver)
    receiver.answers["hook"] = hangs = Hangs()
    webhook_id = await one.has_webhook("hook")
    async with one.dispatching():
        delivery_ids = await one.is_due(webhook_id, 6)
        await hangs.is_reached(4)
    leased = "SELECT count(*) FROM deliveries WHERE lease_token IS NOT NULL OR attempt_count > 0"
    assert await pool.fetchval(leased) == 0
    del receiver.answers["hook"]
    async with other.dispatching():
        await other.all_become("delivered")
    assert set(receiver.all_received) == set(map(str, delivery_ids))


async def test_connections_that_are_lost_lose_no_delivery(
    notifier: DispatchingNotifier, receiver: Receiver, database_url: str
) -> None:
    webhooks = [await notifier.has_webhook(f"hook{number}") for number in range(10)]
    delivery_ids = [each for webhook_id in webhooks for each in await notifier.is_due(webhook_id, 20)]
    async with notifier.dispatching():

        async def are_delivered() -> bool:
            await cut_connections(database_url)
            await asyncio.sleep(0.2)
            return len(set(receiver.all_received)) > 50

        await eventually(are_delivered)
        # Those whose connection was cut between claim and try wait for their lease.
        await notifier.pool.execute("UPDATE deliveries SET lease_until = now() WHERE status = 'pending'")
        await notifier.all_become("delivered")
    assert set(receiver.all_received) == set(map(str, delivery_ids))


async def test_a_delivery_that_cannot_be_made_a_request_waits_and_the_others_do_not(
    pool: Pool, database_url: str, receiver: Receiver
) -> None:
    poisonous: set[UUID] = set()

    async def bodies(connection: Connection, ids: Collection[UUID]) -> Mapping[UUID, bytes | None]:
        if poisonous & set(ids):
            raise ZeroDivisionError
        return await rendering.bodies(connection, ids)

    notifier = DispatchingNotifier(pool, database_url, receiver, bodies=bodies)
    webhook_id = await notifier.has_webhook("hook")
    first, *others = await notifier.is_due(webhook_id, 4)
    poisonous.add(first)
    async with notifier.dispatching():
        for delivery_id in others:
            await notifier.is_tried(delivery_id)

        async def is_given_back() -> bool:
            return (await notifier.delivery(first))["lease_token"] is None

        await eventually(is_given_back)
    delivery = await notifier.delivery(first)
    assert (delivery["status"], delivery["attempt_count"]) == ("pending", 0)
    assert await pool.fetchval("SELECT next_attempt_at > now() FROM deliveries WHERE delivery_id = $1", first)


async def test_many_batches_at_once_are_sent_though_not_all_can_be_made_in_time(
    pool: Pool, database_url: str, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What all of them take is far longer than a claim waits for."""

    async def bodies(connection: Connection, ids: Collection[UUID]) -> Mapping[UUID, bytes | None]:
        await asyncio.sleep(0.1 * len(ids))
        return await rendering.bodies(connection, ids)

    monkeypatch.setattr(trying, "BEGIN_WITHIN_S", 0.5)
    notifier = DispatchingNotifier(pool, database_url, receiver, bodies=bodies)
    webhooks = [await notifier.has_webhook(f"hook{number}", host=number) for number in range(8)]
    for webhook_id in webhooks:
        await notifier.is_due(webhook_id, 4)
    await pool.execute("UPDATE deliveries SET is_batch = true")
    async with notifier.dispatching():
        await notifier.all_become("delivered")
    assert len(receiver.all_received) == 32


async def test_a_delivery_that_takes_too_long_to_make_is_not_made_over_and_over(
    pool: Pool, database_url: str, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = 0

    async def bodies(connection: Connection, ids: Collection[UUID]) -> Mapping[UUID, bytes | None]:
        nonlocal made
        made += 1
        await asyncio.sleep(0.2)
        return await rendering.bodies(connection, ids)

    monkeypatch.setattr(trying, "BEGIN_WITHIN_S", 0.1)
    notifier = DispatchingNotifier(pool, database_url, receiver, bodies=bodies)
    (delivery_id,) = await notifier.is_due(await notifier.has_webhook("hook"))
    async with notifier.dispatching():

        async def waits() -> bool:
            delivery = await notifier.delivery(delivery_id)
            return delivery["lease_token"] is None and delivery["next_attempt_at"] > await notifier.now()

        await eventually(waits)
    assert made == 1
    assert await notifier.statuses() == {"pending": 1}


async def test_a_delivery_is_not_sent_unsigned(notifier: DispatchingNotifier, receiver: Receiver) -> None:
    without, other_id = await notifier.has_webhook("without"), await notifier.has_webhook("other")
    await notifier.pool.execute("DELETE FROM secrets WHERE webhook_id = $1", without)
    async with notifier.dispatching():
        await notifier.is_due(without)
        (delivery_id,) = await notifier.is_due(other_id)
        await notifier.is_tried(delivery_id)
    assert receiver.all_received == [str(delivery_id)]
    assert await notifier.statuses() == {"delivered": 1, "pending": 1}


async def test_an_answer_that_the_database_cannot_hold_is_kept_without_what_it_cannot(
    notifier: DispatchingNotifier, receiver: Receiver
) -> None:
    receiver.answers["hook"] = answers(200, text="a\0b")
    webhook_id = await notifier.has_webhook("hook")
    async with notifier.dispatching():
        (delivery_id,) = await notifier.is_due(webhook_id)
        await notifier.is_tried(delivery_id)
    assert [each["answer"] for each in await notifier.attempts(delivery_id)] == ["ab"]


@pytest.mark.parametrize("lock", ["health", "webhooks", "deliveries"])
async def test_a_webhook_that_somebody_has_locked_holds_up_no_other(
    notifier: DispatchingNotifier, lock: str
) -> None:
    locked, other_id = await notifier.has_webhook("locked"), await notifier.has_webhook("other")
    await notifier.is_due(locked)
    async with notifier.pool.acquire() as connection, connection.transaction():
        await connection.execute(f"SELECT FROM {lock} WHERE webhook_id = $1 FOR UPDATE", locked)
        async with notifier.dispatching():
            for delivery_id in await notifier.is_due(other_id, 10):
                await notifier.is_tried(delivery_id)


@pytest.mark.parametrize("lock", ["health", "webhooks", "deliveries"])
async def test_what_somebody_has_locked_is_recorded_afterwards_and_keeps_no_other_waiting(
    notifier: DispatchingNotifier, receiver: Receiver, lock: str
) -> None:
    receiver.answers["locked"] = hangs = Hangs()
    locked, other_id = await notifier.has_webhook("locked"), await notifier.has_webhook("other")
    (delivery_id,) = await notifier.is_due(locked)
    async with notifier.dispatching():
        await hangs.is_reached()
        async with notifier.pool.acquire() as connection, connection.transaction():
            await connection.execute(f"SELECT FROM {lock} WHERE webhook_id = $1 FOR UPDATE", locked)
            hangs.may_answer.set()
            for each in await notifier.is_due(other_id, 10):
                await notifier.is_tried(each)
        await notifier.is_tried(delivery_id)

        async def counts() -> bool:
            return bool((await notifier.health(locked))["mean_duration_ms"])

        await eventually(counts)
    assert len(await notifier.attempts(delivery_id)) == 1


async def test_a_webhook_that_is_gone_while_somebody_has_it_locked_is_disabled_afterwards(
    notifier: DispatchingNotifier, receiver: Receiver
) -> None:
    receiver.answers["gone"] = answers(410)
    gone, other_id = await notifier.has_webhook("gone"), await notifier.has_webhook("other")
    async with notifier.dispatching():
        async with notifier.pool.acquire() as connection, connection.transaction():
            await connection.execute("SELECT FROM webhooks WHERE webhook_id = $1 FOR NO KEY UPDATE", gone)
            (delivery_id,) = await notifier.is_due(gone)
            for each in await notifier.is_due(other_id, 10):
                await notifier.is_tried(each)
        assert (await notifier.is_tried(delivery_id))["status"] == "failed"
    assert (await notifier.webhook(gone))["disabled_by"] == "gone"
