"""Which process has which run, when several want it."""

import asyncio

import asyncpg
import pytest
from support.drive_service import LEASE_S, DriveService, recruiter, runs_in

from hotgigs.chassis import database
from hotgigs.drive_sync import leasing, run_store
from hotgigs.drive_sync.ending import finish
from hotgigs.drive_sync.leasing import HeldRun
from hotgigs.drive_sync.run_store import RunOver
from hotgigs.drive_sync.start_due_runs import MOST_TAKEOVERS, STOPPED_SHORT


async def queued(drive: DriveService, count: int, *, of_one_owner: bool = False) -> None:
    owner = recruiter()
    for _ in range(count):
        owner = owner if of_one_owner else recruiter()
        await drive.triggers(owner, await drive.sets_up(owner))


async def is_held(drive: DriveService, held: HeldRun) -> bool:
    try:
        async with drive.units_of_work.begin() as uow:
            await run_store.advance(uow.connection, held)
    except RunOver:
        return False
    return True


async def test_a_run_that_is_taken_has_begun_and_is_told_so(drive: DriveService) -> None:
    owner = recruiter()
    sync_id = await drive.sets_up(owner)
    await drive.triggers(owner, sync_id)
    held = await drive.claims()
    (run,) = runs_in(await drive.told())
    assert held is not None
    assert (run.run_id, run.status) == (held.run_id, "running")
    assert run.started_at is not None
    assert held.sync.sealed_grant == (await drive.sync(sync_id))["sealed_grant"]
    assert await drive.claims() is None


async def test_those_who_ask_at_the_same_moment_have_a_run_each(drive: DriveService) -> None:
    await queued(drive, 5)
    held = await asyncio.gather(*(drive.claims() for _ in range(7)))
    assert len({each.run_id for each in held if each is not None}) == 5


async def test_of_one_owner_one_run_is_taken_also_by_those_who_ask_at_the_same_moment(
    drive: DriveService,
) -> None:
    await queued(drive, 5, of_one_owner=True)
    for _ in range(5):
        held = [each for each in await asyncio.gather(*(drive.claims() for _ in range(6))) if each]
        assert len(held) == 1
        async with drive.units_of_work.begin() as uow:
            await finish(uow, held[0], status="completed")
    assert await drive.claims() is None


async def test_who_comes_second_for_another_run_of_the_owner_waits_and_gets_none(
    drive: DriveService, database_url: str
) -> None:
    await queued(drive, 2, of_one_owner=True)
    connection = await database.connect(database_url, schema="drive_sync", purpose="test")
    await database._use_msgspec_for_json(connection)
    transaction = connection.transaction()
    await transaction.start()
    first = await leasing.claim(connection, lease_s=LEASE_S)  # type: ignore[arg-type]
    second = asyncio.create_task(drive.claims())
    while not await drive.pool.fetchval("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)"):
        assert not second.done()
    await transaction.commit()
    await connection.close()
    assert first is not None
    assert await second is None


async def test_whoever_waits_for_their_own_run_to_end_holds_up_nobody_else(drive: DriveService) -> None:
    await queued(drive, 3, of_one_owner=True)
    await queued(drive, 1)
    first, second = await drive.claims(), await drive.claims()
    assert first is not None
    assert second is not None
    assert second.sync.owner_user_id != first.sync.owner_user_id
    assert await drive.claims() is None


async def test_what_is_locked_by_a_command_is_not_waited_for(drive: DriveService) -> None:
    await queued(drive, 1)
    async with drive.units_of_work.begin() as uow:
        await uow.connection.execute("SELECT FROM syncs FOR UPDATE")
        assert await drive.claims() is None
    assert await drive.claims() is not None


async def test_a_lease_that_ran_out_is_taken_over_where_the_run_stood(drive: DriveService) -> None:
    held = await drive.holds(recruiter())
    async with drive.units_of_work.begin() as uow:
        await run_store.advance(uow.connection, held, kind="full", page="page 2", next_cursor="cursor")
    await drive.lease_runs_out(held.run_id)
    then = await drive.claims()
    assert then is not None
    assert (then.run_id, then.kind, then.page, then.next_cursor) == (held.run_id, "full", "page 2", "cursor")
    assert (then.is_listed, then.takeovers) == (False, 1)
    assert not await is_held(drive, held)
    assert await is_held(drive, then)


async def test_who_is_late_but_was_not_taken_over_goes_on(drive: DriveService) -> None:
    held = await drive.holds(recruiter())
    await drive.lease_runs_out(held.run_id)
    async with drive.units_of_work.begin() as uow:
        await run_store.renew(uow.connection, held, lease_s=LEASE_S)
    assert await drive.claims() is None
    assert await is_held(drive, held)


async def test_what_is_given_back_is_gone_on_with_at_once_and_counts_as_no_takeover(
    drive: DriveService,
) -> None:
    held = await drive.holds(recruiter())
    async with drive.units_of_work.begin() as uow:
        await run_store.give_back(uow.connection, held)
    assert not await is_held(drive, held)
    then = await drive.claims()
    assert then is not None
    assert (then.run_id, then.takeovers) == (held.run_id, 0)


async def test_what_is_given_back_for_later_is_nobodys_until_then(drive: DriveService) -> None:
    held = await drive.holds(recruiter())
    async with drive.units_of_work.begin() as uow:
        await run_store.give_back(uow.connection, held, after_s=60)
    assert not await is_held(drive, held)
    assert await drive.claims() is None


async def test_who_was_taken_over_gives_nothing_back(drive: DriveService) -> None:
    held = await drive.holds(recruiter())
    await drive.lease_runs_out(held.run_id)
    then = await drive.claims()
    assert then is not None
    async with drive.units_of_work.begin() as uow:
        await run_store.give_back(uow.connection, held)
        with pytest.raises(RunOver):
            await run_store.renew(uow.connection, held, lease_s=LEASE_S)
    assert await is_held(drive, then)


async def test_a_run_whose_process_dies_again_and_again_at_the_same_place_fails(drive: DriveService) -> None:
    held = await drive.holds(recruiter())
    for _ in range(MOST_TAKEOVERS):
        await drive.lease_runs_out(held.run_id)
        assert await drive.claims() is not None
    kept = await drive.run(held.run_id)
    assert (kept["status"], kept["error_message"]) == ("failed", STOPPED_SHORT)
    assert (await drive.sync(held.sync.sync_id))["last_error"] == STOPPED_SHORT
    assert runs_in(await drive.told())[-1].status == "failed"
    assert await drive.claims() is None


async def test_a_run_that_gets_further_every_time_goes_on(drive: DriveService) -> None:
    held = await drive.holds(recruiter())
    for number in range(MOST_TAKEOVERS + 5):
        await drive.lease_runs_out(held.run_id)
        taken = await drive.claims()
        assert taken is not None
        async with drive.units_of_work.begin() as uow:
            counts: dict[run_store.Count, int] = {"files_synced": 1} if number % 5 == 4 else {}
            await run_store.advance(uow.connection, taken, counts=counts)
    assert (await drive.run(held.run_id))["status"] == "running"


async def test_files_that_are_not_given_time_and_again_are_no_way_forward(drive: DriveService) -> None:
    held = await drive.holds(recruiter())
    for _ in range(MOST_TAKEOVERS):
        await drive.lease_runs_out(held.run_id)
        taken = await drive.claims()
        assert taken is not None
        if taken.takeovers < MOST_TAKEOVERS:
            async with drive.units_of_work.begin() as uow:
                await run_store.advance(uow.connection, taken, counts={"files_not_fetched": 1})
    assert (await drive.run(held.run_id))["status"] == "failed"


async def test_the_database_itself_refuses_an_owner_two_runs_at_once(drive: DriveService) -> None:
    await queued(drive, 2, of_one_owner=True)
    with pytest.raises(asyncpg.UniqueViolationError):
        await drive.pool.execute("UPDATE runs SET status = 'running'")
