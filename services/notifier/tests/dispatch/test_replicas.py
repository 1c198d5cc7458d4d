"""Several processes on one database, and what is left by one that is gone."""

import asyncio
from datetime import UTC, datetime
from uuid import UUID

import pytest
from aiohttp import web
from support.dispatching import DispatchingNotifier, Hangs, Receiver

from hotgigs.chassis.database import Pool
from hotgigs.notifier import claiming, recording, restarting
from hotgigs.notifier.claiming import Claimed
from hotgigs.notifier.recording import Ended
from hotgigs.notifier.sending import Answered


async def answers_soon(_: web.Request) -> web.Response:
    await asyncio.sleep(0.005)
    return web.Response()


@pytest.fixture
def replicas(pool: Pool, database_url: str, receiver: Receiver) -> list[DispatchingNotifier]:
    return [DispatchingNotifier(pool, database_url, receiver, webhook_tries_at_once_each=3) for _ in range(2)]


async def claims(notifier: DispatchingNotifier, webhook_id: UUID, count: int = 1) -> list[Claimed]:
    """As a process does, of which nothing is heard then."""
    async with notifier.units_of_work.begin() as uow:
        claimed, is_contended = await claiming.claim(
            uow.connection, {webhook_id: count}, {webhook_id: 4}, lease_s=30
        )
    assert not is_contended
    return claimed


def accepted(claimed: Claimed) -> Ended:
    answered = Answered(started_at=datetime.now(UTC), duration_ms=5, status_code=200, answer="thanks")
    return Ended(claimed=claimed, answered=answered)


async def records(notifier: DispatchingNotifier, ended: Ended) -> list[Ended]:
    async with notifier.units_of_work.begin() as uow:
        recorded = await recording.record(uow, [ended], notifier.resources.settings)
    assert recorded.locked == []
    return recorded.ended


async def leases_run_out(notifier: DispatchingNotifier) -> None:
    await notifier.pool.execute("UPDATE deliveries SET lease_until = now() - interval '1 s'")


async def test_two_processes_try_each_delivery_once_and_keep_to_what_a_webhook_may_have_at_once(
    replicas: list[DispatchingNotifier], receiver: Receiver
) -> None:
    one, other = replicas
    webhooks = [await one.has_webhook(f"hook{number}") for number in range(6)]
    receiver.answers = {f"hook{number}": answers_soon for number in range(6)}
    async with one.dispatching(), other.dispatching():
        delivery_ids = [each for webhook_id in webhooks for each in await one.is_due(webhook_id, 60)]
        await one.all_become("delivered")
    assert sorted(receiver.all_received) == sorted(map(str, delivery_ids))
    assert receiver.twice_at_once == []
    assert set(receiver.most_at_once.values()) == {3}


async def test_what_a_webhook_has_at_once_is_counted_over_all_processes(
    replicas: list[DispatchingNotifier], receiver: Receiver
) -> None:
    one, other = replicas
    receiver.answers["hook"] = hangs = Hangs()
    webhook_id = await one.has_webhook("hook")
    await one.is_due(webhook_id, 10)
    assert len(await claims(one, webhook_id, 2)) == 2
    async with other.dispatching():
        await hangs.is_reached()
        other_id = await one.has_webhook("other")
        (delivery_id,) = await one.is_due(other_id)
        await one.is_tried(delivery_id)
        assert hangs.reached == 1
        hangs.may_answer.set()


async def test_a_claim_takes_no_more_than_is_left_of_the_limit(replicas: list[DispatchingNotifier]) -> None:
    one, other = replicas
    webhook_id = await one.has_webhook("hook")
    await one.is_due(webhook_id, 10)
    taken = await asyncio.gather(*(_claims_patiently(each, webhook_id) for each in [one, other] * 4))
    assert sum(map(len, taken)) == 4
    assert len({each.delivery_id for claimed in taken for each in claimed}) == 4


async def _claims_patiently(notifier: DispatchingNotifier, webhook_id: UUID) -> list[Claimed]:
    is_contended = True
    while is_contended:
        async with notifier.units_of_work.begin() as uow:
            claimed, is_contended = await claiming.claim(
                uow.connection, {webhook_id: 3}, {webhook_id: 4}, lease_s=30
            )
    return claimed


async def test_what_a_process_that_is_gone_had_in_hand_is_delivered_when_its_lease_is_out(
    notifier: DispatchingNotifier, receiver: Receiver
) -> None:
    webhook_id = await notifier.has_webhook("hook")
    delivery_ids = await notifier.is_due(webhook_id, 2)
    assert len(await claims(notifier, webhook_id, 4)) == 2
    async with notifier.dispatching():
        (fresh,) = await notifier.is_due(webhook_id)
        await notifier.is_tried(fresh)
        assert receiver.all_received == [str(fresh)]
        await leases_run_out(notifier)
        await notifier.all_become("delivered")
    assert sorted(receiver.all_received) == sorted(map(str, [*delivery_ids, fresh]))


async def test_who_has_lost_the_lease_records_nothing_and_who_has_it_does(
    notifier: DispatchingNotifier,
) -> None:
    webhook_id = await notifier.has_webhook("hook")
    (delivery_id,) = await notifier.is_due(webhook_id)
    (lost,) = await claims(notifier, webhook_id)
    await leases_run_out(notifier)
    (held,) = await claims(notifier, webhook_id)
    await notifier.told()
    before = await notifier.delivery(delivery_id)
    assert await records(notifier, accepted(lost)) == []
    assert await notifier.delivery(delivery_id) == before
    assert (await notifier.attempts(delivery_id), await notifier.told()) == ([], [])
    assert len(await records(notifier, accepted(held))) == 1
    assert (await notifier.delivery(delivery_id))["status"] == "delivered"
    assert len(await notifier.attempts(delivery_id)) == 1


async def test_a_lease_that_is_out_is_good_as_long_as_nobody_has_taken_over(
    notifier: DispatchingNotifier,
) -> None:
    webhook_id = await notifier.has_webhook("hook")
    (delivery_id,) = await notifier.is_due(webhook_id)
    (held,) = await claims(notifier, webhook_id)
    await leases_run_out(notifier)
    assert len(await records(notifier, accepted(held))) == 1
    assert (await notifier.delivery(delivery_id))["status"] == "delivered"


async def test_what_is_recorded_twice_counts_once(notifier: DispatchingNotifier) -> None:
    webhook_id = await notifier.has_webhook("hook")
    (delivery_id,) = await notifier.is_due(webhook_id)
    (held,) = await claims(notifier, webhook_id)
    assert len(await records(notifier, accepted(held))) == 1
    assert await records(notifier, accepted(held)) == []
    assert len(await notifier.attempts(delivery_id)) == 1


async def test_what_is_ended_or_begun_anew_meanwhile_is_not_what_was_tried(
    notifier: DispatchingNotifier,
) -> None:
    webhook_id = await notifier.has_webhook("hook")
    ended, anew = await notifier.is_due(webhook_id, 2)
    held = await claims(notifier, webhook_id, 2)
    async with notifier.units_of_work.begin() as uow:
        await restarting.restart(uow.connection, webhook_id, anew)
    await notifier.pool.execute(
        "UPDATE deliveries SET status = 'failed', next_attempt_at = NULL WHERE delivery_id = $1", ended
    )
    for each in held:
        assert await records(notifier, accepted(each)) == []
    assert (await notifier.delivery(ended))["status"] == "failed"
    assert (await notifier.delivery(anew))["status"] == "pending"


async def test_what_is_deleted_while_it_is_tried_is_gone(
    notifier: DispatchingNotifier, receiver: Receiver
) -> None:
    receiver.answers["hook"] = hangs = Hangs()
    webhook_id, other_id = await notifier.has_webhook("hook"), await notifier.has_webhook("other")
    await notifier.is_due(webhook_id)
    async with notifier.dispatching():
        await hangs.is_reached()
        await notifier.pool.execute("DELETE FROM webhooks WHERE webhook_id = $1", webhook_id)
        hangs.may_answer.set()
        (delivery_id,) = await notifier.is_due(other_id)
        await notifier.is_tried(delivery_id)
    assert await notifier.statuses() == {"delivered": 1}
