"""Syncs that are due get one run each, from however many replicas."""

import asyncio
from datetime import timedelta

from support.drive_service import DriveService, recruiter, runs_in, syncs_in

from hotgigs.drive_sync import sync_store
from hotgigs.drive_sync.start_due_runs import AT_ONCE, queue_due

OWNER = recruiter()


async def test_a_due_sync_is_queued_and_due_again_at_the_same_time_of_day(drive: DriveService) -> None:
    sync_id = await drive.sets_up(OWNER)
    await drive.is_due(sync_id, since="3 days 1 hour")
    due = (await drive.sync(sync_id))["next_sync_at"]
    await drive.told()
    await queue_due(drive.units_of_work)
    told = await drive.told()
    (run,), (sync,) = runs_in(told), syncs_in(told)
    assert (run.sync_id, run.trigger, run.status) == (sync_id, "schedule", "queued")
    assert sync.next_sync_at == due + timedelta(days=4)
    await queue_due(drive.units_of_work)
    assert not await drive.told()


async def test_replicas_queue_each_due_sync_once(drive: DriveService) -> None:
    many = AT_ONCE + 5
    for _ in range(many):
        await drive.is_due(await drive.sets_up(OWNER))
    await drive.told()
    await asyncio.gather(*(queue_due(drive.units_of_work) for _ in range(4)))
    runs = runs_in(await drive.told())
    assert len(runs) == len({run.sync_id for run in runs}) == many
    assert await drive.pool.fetchval("SELECT count(*) FROM runs") == many


async def test_one_that_is_not_due_switched_off_or_manual_is_left_alone(drive: DriveService) -> None:
    await drive.sets_up(OWNER)
    await drive.sets_up(OWNER, frequency="manual")
    off = await drive.sets_up(OWNER)
    await drive.changes(OWNER, off, is_active=False)
    await queue_due(drive.units_of_work)
    assert await drive.pool.fetchval("SELECT count(*) FROM runs") == 0


async def test_where_a_run_is_under_way_the_next_is_that_of_the_next_time(drive: DriveService) -> None:
    held = await drive.holds(OWNER)
    await drive.is_due(held.sync.sync_id)
    await drive.told()
    await queue_due(drive.units_of_work)
    assert not runs_in(await drive.told())
    kept = await drive.sync(held.sync.sync_id)
    assert kept["next_sync_at"] > kept["updated_at"]


async def test_who_comes_second_does_not_wait_for_who_was_first(drive: DriveService) -> None:
    await drive.is_due(await drive.sets_up(OWNER))
    async with drive.units_of_work.begin() as uow:
        assert len(await sync_store.due(uow.connection, limit=1)) == 1
        await queue_due(drive.units_of_work)
        assert await drive.pool.fetchval("SELECT count(*) FROM runs") == 0
