"""The runs of one process: taken where there is room, kept, told of, and given back."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from support.drive_service import DriveService, recruiter, runs_in, syncs_in

from hotgigs.chassis.database import Pool
from hotgigs.chassis.errors import DependencyDown
from hotgigs.drive_sync import run_store
from hotgigs.drive_sync.ending import finish
from hotgigs.drive_sync.leasing import HeldRun
from hotgigs.drive_sync.resources import Resources
from hotgigs.drive_sync.run_store import RunOver
from hotgigs.drive_sync.start_due_runs import start_due_runs

QUICK = {"drive_progress_seconds": 0.02}


class Works:
    """The work of runs: each goes on until it is allowed to end, or is stopped."""

    def __init__(self) -> None:
        self.at_work: dict[object, HeldRun] = {}
        self.stopped: list[HeldRun] = []
        self.may_end = asyncio.Event()
        self.begins: Callable[[HeldRun, Resources], Awaitable[None]] | None = None

    async def __call__(self, held: HeldRun, resources: Resources) -> None:
        self.at_work[held.token] = held
        try:
            if self.begins is not None:
                await self.begins(held, resources)
            await self.may_end.wait()
            async with resources.units_of_work.begin() as uow:
                await finish(uow, held, status="completed")
        except asyncio.CancelledError:
            self.stopped.append(held)
            raise
        finally:
            del self.at_work[held.token]


async def looks(drive: DriveService, works: Works) -> None:
    """What the loop does, until what it started has begun."""
    await start_due_runs(drive.units_of_work, drive.resources, run=works)
    await asyncio.sleep(0)
    await asyncio.sleep(0)


async def queued(drive: DriveService, count: int) -> None:
    for _ in range(count):
        owner = recruiter()
        await drive.triggers(owner, await drive.sets_up(owner))


async def test_a_process_has_as_many_runs_as_it_may_and_takes_the_next_when_one_ends(pool: Pool) -> None:
    drive, works = DriveService(pool, drive_runs_at_once=2), Works()
    await queued(drive, 3)
    await looks(drive, works)
    assert len(works.at_work) == 2
    await looks(drive, works)
    assert len(works.at_work) == 2
    works.may_end.set()
    await drive.resources.runner.idle()
    await looks(drive, works)
    await drive.resources.runner.idle()
    assert await pool.fetchval("SELECT count(*) FROM runs WHERE status = 'completed'") == 3


async def test_a_due_sync_is_run_without_anybody_asking(drive: DriveService) -> None:
    works = Works()
    sync_id = await drive.sets_up(recruiter())
    await drive.is_due(sync_id)
    await looks(drive, works)
    (held,) = works.at_work.values()
    assert held.sync.sync_id == sync_id
    await drive.resources.runner.close()


async def test_who_drains_takes_no_more(drive: DriveService) -> None:
    works = Works()
    await queued(drive, 1)
    drive.resources.stopping.set()
    await looks(drive, works)
    assert not works.at_work


async def test_a_process_that_ends_gives_its_runs_back_and_another_goes_on_at_once(pool: Pool) -> None:
    one, other, works = DriveService(pool), DriveService(pool), Works()
    await queued(one, 2)
    await looks(one, works)
    held = {each.run_id for each in works.at_work.values()}
    await one.resources.runner.close()
    assert {each.run_id for each in works.stopped} == held
    await looks(other, works)
    assert {each.run_id for each in works.at_work.values()} == held
    assert {each.takeovers for each in works.at_work.values()} == {0}
    await other.resources.runner.close()


async def test_what_has_only_just_begun_is_stopped_and_given_back_too(pool: Pool) -> None:
    drive, works = DriveService(pool, drive_runs_at_once=1), Works()
    await queued(drive, 1)
    await start_due_runs(drive.units_of_work, drive.resources, run=works)
    await drive.resources.runner.close()
    assert (len(works.stopped), works.at_work) == (1, {})
    assert await drive.claims() is not None


async def test_a_lease_is_renewed_for_as_long_as_the_work_goes_on(pool: Pool) -> None:
    drive, works = DriveService(pool, **QUICK), Works()
    await queued(drive, 1)
    await looks(drive, works)
    (held,) = works.at_work.values()
    await drive.lease_runs_out(held.run_id)
    while await pool.fetchval("SELECT lease_until <= now() FROM runs"):
        assert works.at_work
    assert await drive.claims() is None
    await drive.resources.runner.close()


async def test_what_is_new_of_a_run_is_told_while_it_goes_on_and_what_is_not_new_is_not(pool: Pool) -> None:
    drive, works = DriveService(pool, **QUICK), Works()
    await queued(drive, 1)
    await looks(drive, works)
    (held,) = works.at_work.values()
    await drive.told()
    async with drive.units_of_work.begin() as uow:
        await run_store.advance(uow.connection, held, counts={"files_synced": 2})
    while not (told := await drive.told()):
        assert works.at_work
    assert [run.files_synced for run in runs_in(told)] == [2]
    assert [sync.total_files_synced for sync in syncs_in(told)] == [2]
    renewed = await pool.fetchval("SELECT lease_until FROM runs")
    for _ in range(3):
        while (lease := await pool.fetchval("SELECT lease_until FROM runs")) == renewed:
            assert works.at_work
        renewed = lease
    assert not await drive.told()
    await drive.resources.runner.close()


async def test_a_lease_that_is_short_has_nothing_told_more_often(pool: Pool) -> None:
    drive, works = DriveService(pool, drive_lease_seconds=0.3, drive_progress_seconds=600), Works()
    await queued(drive, 1)
    await looks(drive, works)
    (held,) = works.at_work.values()
    await drive.told()
    async with drive.units_of_work.begin() as uow:
        await run_store.advance(uow.connection, held, counts={"files_synced": 2})
    for _ in range(3):
        renewed = await pool.fetchval("SELECT lease_until FROM runs")
        while await pool.fetchval("SELECT lease_until FROM runs") == renewed:
            assert works.at_work
    assert not await drive.told()
    await drive.resources.runner.close()


@pytest.mark.parametrize("end", ["paused", "deleted", "taken over"])
async def test_work_is_stopped_in_the_middle_when_the_run_is_over(pool: Pool, end: str) -> None:
    drive, works, owner = DriveService(pool, **QUICK), Works(), recruiter()
    sync_id = await drive.sets_up(owner)
    await drive.triggers(owner, sync_id)
    await looks(drive, works)
    match end:
        case "paused":
            await drive.changes(owner, sync_id, is_active=False)
        case "deleted":
            await drive.deletes(owner, sync_id)
        case "taken over":
            await pool.execute("UPDATE runs SET lease_token = gen_random_uuid()")
    await drive.resources.runner.idle()
    assert len(works.stopped) == 1


async def test_work_that_the_database_does_not_let_keep_its_lease_is_stopped(
    pool: Pool,
) -> None:
    drive, works = DriveService(pool, drive_lease_seconds=0.2, **QUICK), Works()
    await queued(drive, 1)
    await looks(drive, works)
    async with drive.units_of_work.begin() as uow:
        await uow.connection.execute("SELECT FROM runs FOR UPDATE")
        await drive.resources.runner.idle()
    assert len(works.stopped) == 1
    assert await drive.claims() is not None


async def test_work_that_waits_for_what_is_away_is_gone_on_with_later_and_counts_as_no_takeover(
    pool: Pool,
) -> None:
    drive, works = DriveService(pool), Works()

    async def away(_: HeldRun, __: Resources) -> None:
        raise DependencyDown

    works.begins = away
    await queued(drive, 1)
    await looks(drive, works)
    await drive.resources.runner.idle()
    assert await drive.claims() is None
    await drive.lease_runs_out(await pool.fetchval("SELECT run_id FROM runs"))
    held = await drive.claims()
    assert held is not None
    assert held.takeovers == 0


async def test_work_that_fails_as_nobody_foresaw_is_taken_over_when_its_lease_is_out(pool: Pool) -> None:
    drive, works = DriveService(pool), Works()

    async def breaks(_: HeldRun, __: Resources) -> None:
        raise ZeroDivisionError

    works.begins = breaks
    await queued(drive, 1)
    await looks(drive, works)
    await drive.resources.runner.idle()
    assert await drive.claims() is None
    await drive.lease_runs_out(await pool.fetchval("SELECT run_id FROM runs"))
    held = await drive.claims()
    assert held is not None
    assert held.takeovers == 1


async def test_work_that_finds_its_run_over_lets_go(pool: Pool) -> None:
    drive, works = DriveService(pool), Works()

    async def is_over(held: HeldRun, resources: Resources) -> None:
        raise RunOver

    works.begins = is_over
    await queued(drive, 1)
    await looks(drive, works)
    await drive.resources.runner.idle()
    assert drive.resources.runner.has_room


async def test_a_run_is_kept_while_others_have_the_sync_for_longer_than_the_lease(pool: Pool) -> None:
    drive, works = DriveService(pool, drive_lease_seconds=0.6, **QUICK), Works()
    await queued(drive, 1)
    await looks(drive, works)
    (held,) = works.at_work.values()
    async with drive.units_of_work.begin() as uow:
        await run_store.advance(uow.connection, held, counts={"files_found": 1})
    async with pool.acquire() as other, other.transaction():
        await other.execute("SELECT FROM syncs FOR NO KEY UPDATE")
        await asyncio.sleep(1.5)  # an absence, not a wait
    assert works.stopped == []
    assert await pool.fetchval("SELECT lease_until > now() FROM runs")
    works.may_end.set()
    await drive.resources.runner.idle()
    assert await pool.fetchval("SELECT status FROM runs") == "completed"
