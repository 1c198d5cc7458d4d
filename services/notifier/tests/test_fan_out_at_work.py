"""Whoever fans out, and however often it is broken off, each event is told once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

import asyncpg
import pytest
from support.eventually import eventually
from support.notifier_service import deliveries_in
from support.postgres import cut_connections
from support.told_notifier import ToldNotifier, happened, is_blocked, matches, resume_facts

from hotgigs.chassis.database import CONNECTION_LOST, Pool
from hotgigs.notifier import fan_out
from hotgigs.notifier.wakeups import wake


@pytest.fixture
def told(pool: Pool, database_url: str) -> ToldNotifier:
    return ToldNotifier(pool, database_url)


async def test_replicas_share_the_work_and_fill_the_same_batches(told: ToldNotifier) -> None:
    replica = ToldNotifier(told.pool)
    owners = [await told.owner("admin") for _ in range(3)]
    webhooks = [await told.listens(owner, is_batched=number != 0) for number, owner in enumerate(owners)]
    events = await matches(told, uuid4(), 130)

    async def one_by_one(one: ToldNotifier) -> int:
        count = 0
        while step := await fan_out.step(one.units_of_work, one.resources.settings):
            count += step
        return count

    fan_out_few = pytest.MonkeyPatch()
    with fan_out_few.context() as few:
        few.setattr(fan_out, "MOST_EVENTS", 7)
        done = await asyncio.gather(*(one_by_one(each) for each in (told, replica, told, replica)))
        done.append(await one_by_one(told))  # what another had in hand when the others looked
    assert sum(done) == 130
    for webhook_id in webhooks:
        heard = await told.heard_by(webhook_id)
        assert len(heard) == 130
        assert {*heard} == {each.event_id for each in events}
    for webhook_id in webhooks[1:]:
        sizes = sorted(len(each["event_ids"]) for each in await told.deliveries(webhook_id))
        assert sizes == [30, 100]


async def test_a_process_that_is_killed_in_the_middle_loses_and_doubles_nothing(
    told: ToldNotifier, database_url: str
) -> None:
    owner = await told.owner()
    single, batched = await told.listens(owner), await told.listens(owner, is_batched=True)
    before = await matches(told, owner, 3)
    await told.fans_out()
    await told.told()
    events = before + await matches(told, owner, 3)
    async with told.pool.acquire() as connection, connection.transaction():
        # The last that fan-out waits for is the open batch: deliveries of their own are made by then.
        await connection.execute("SELECT FROM deliveries WHERE is_open FOR UPDATE")
        killed = asyncio.create_task(told.fans_out())
        pid = await eventually(lambda: is_blocked(told))
        assert await cut_connections(database_url, pid=pid) == 1
        with pytest.raises(CONNECTION_LOST):
            await killed
    assert await told.told() == []
    assert len(await told.heard_by(single)) == 3
    assert await told.fans_out() == 3
    for webhook_id in (single, batched):
        heard = await told.heard_by(webhook_id)
        assert len(heard) == 6
        assert {*heard} == {each.event_id for each in events}
    assert len(await told.deliveries(batched)) == 1
    assert len({each.delivery_id for each in deliveries_in(await told.told())}) == 4


async def test_one_event_with_many_hearers_is_told_to_all(told: ToldNotifier) -> None:
    admins = [await told.owner("admin") for _ in range(12)]
    webhooks = [await told.listens(admin) for admin in admins]
    events = await matches(told, uuid4(), 10)
    with pytest.MonkeyPatch.context() as few:
        few.setattr(fan_out, "MOST_TOLD", 5)
        assert await fan_out.step(told.units_of_work, told.resources.settings) == 1
        assert await told.fans_out() == 9
    for webhook_id in webhooks:
        assert {*await told.heard_by(webhook_id)} == {each.event_id for each in events}


async def test_a_page_of_events_takes_no_more_queries_than_one(told: ToldNotifier) -> None:
    admin = await told.owner("admin")
    for number in range(6):
        await told.listens(admin, is_batched=number % 2 == 0)
    counts = []
    for count in (1, 1, 40):  # at first, connections learn of types
        await matches(told, uuid4(), count)
        queries: list[str] = []
        async with logged(told, queries):
            assert await fan_out.step(told.units_of_work, told.resources.settings) == count
        counts.append(len(queries))
    assert counts[1] == counts[2] > 0


async def test_the_loop_fans_out_when_it_is_woken(told: ToldNotifier) -> None:
    owner = await told.owner()
    webhook_id = await told.listens(owner)
    tasks = [
        asyncio.create_task(told.resources.notifications.run()),
        asyncio.create_task(fan_out.fan_out(told.units_of_work, told.resources)),
    ]
    try:
        for count in (1, 2):
            await told.learns(happened("resume.processing.failed", resume_facts(owner), resume_id=uuid4()))
            async with told.units_of_work.begin() as uow:
                await wake(uow.connection, "events")
            await eventually(lambda count=count: has_heard(told, webhook_id, count))
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def has_heard(told: ToldNotifier, webhook_id: UUID, count: int) -> bool:
    return len(await told.heard_by(webhook_id)) == count


@asynccontextmanager
async def logged(told: ToldNotifier, queries: list[str]) -> AsyncIterator[None]:
    """Adds what any connection of the pool is asked."""

    def log(record: asyncpg.connection.LoggedQuery) -> None:
        queries.append(record.query)

    connections = [await told.pool.acquire() for _ in range(told.pool.get_max_size())]
    for each in connections:
        each.add_query_logger(log)
        await told.pool.release(each)
    yield
    connections = [await told.pool.acquire() for _ in range(told.pool.get_max_size())]
    for each in connections:
        each.remove_query_logger(log)
        await told.pool.release(each)
