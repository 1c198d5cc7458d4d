"""What others know of drive-sync can be told again, as it was told last."""

from support.drive_service import DriveService, recruiter, runs_in, syncs_in

from hotgigs.contracts.drive_state import MOST_ERRORS, DriveFileError
from hotgigs.contracts.drive_sync.drive_run_progressed import DriveRunProgressedV1
from hotgigs.contracts.drive_sync.drive_sync_changed import DriveSyncChangedV1
from hotgigs.contracts.drive_sync.drive_sync_deleted import DriveSyncDeletedV1
from hotgigs.contracts.message import Event
from hotgigs.drive_sync import public_state, run_errors
from hotgigs.drive_sync.ending import finish

OWNER = recruiter()


async def told_again(drive: DriveService, since: int = 0) -> list[Event]:
    async with drive.pool.acquire() as connection:
        return [event async for event in public_state.public_state(connection, since)]


async def test_all_is_told_again_as_it_was_told_last_and_what_is_gone_first(drive: DriveService) -> None:
    gone = await drive.sets_up(OWNER)
    await drive.deletes(OWNER, gone)
    held = await drive.holds(OWNER)
    error = DriveFileError(
        file_id="a", file_name="a.pdf", reason="why", at=(await drive.run(held.run_id))["started_at"]
    )
    await drive.told()
    async with drive.units_of_work.begin() as uow:
        await run_errors.add(uow.connection, held.run_id, [error])
        assert await finish(uow, held, status="failed", error_message="Away.")
    told = await drive.told()
    again = await told_again(drive)
    assert again == [
        DriveSyncDeletedV1(sync_id=gone),
        DriveSyncChangedV1(sync=syncs_in(told)[-1]),
        DriveRunProgressedV1(run=runs_in(told)[-1]),
    ]
    assert runs_in(again)[0].errors == (error,)


async def test_of_many_errors_the_newest_are_told_and_all_are_counted(drive: DriveService) -> None:
    held = await drive.holds(OWNER)
    await drive.pool.execute(
        "INSERT INTO run_errors (run_id, file_id, reason, at)"
        " SELECT $1, n::text, 'why', now() + n * interval '1 s' FROM generate_series(1, 105) AS n",
        held.run_id,
    )
    (run,) = runs_in(await told_again(drive))
    assert (len(run.errors), run.error_count) == (MOST_ERRORS, 105)
    assert [error.file_id for error in run.errors[:2]] == ["105", "104"]


async def test_only_what_has_changed_since_is_told(drive: DriveService) -> None:
    await drive.sets_up(OWNER)
    since = int(await drive.pool.fetchval("SELECT pg_current_xact_id()::text"))
    changed = await drive.sets_up(OWNER)
    assert [sync.sync_id for sync in syncs_in(await told_again(drive, since))] == [changed]


async def test_more_than_a_page_is_told_whole(drive: DriveService) -> None:
    count = public_state.PAGE + 3
    owner = await drive.sets_up(OWNER)
    await drive.pool.execute(
        "INSERT INTO syncs (sync_id, version, owner_user_id, database_id, provider, folder_id, folder_name,"
        "  frequency, is_active, created_at, updated_at)"
        " SELECT gen_random_uuid(), 1, owner_user_id, database_id, provider, n::text, folder_name, frequency,"
        "  is_active, created_at, updated_at FROM syncs, generate_series(2, $2::int) AS n WHERE sync_id = $1",
        owner,
        count,
    )
    await drive.pool.execute(
        "INSERT INTO runs (run_id, sync_id, owner_user_id, version, trigger, status, requested_at)"
        " SELECT gen_random_uuid(), sync_id, owner_user_id, 1, 'manual', 'completed', now() FROM syncs"
    )
    again = await told_again(drive)
    assert len({sync.sync_id for sync in syncs_in(again)}) == len(syncs_in(again)) == count
    assert len({run.run_id for run in runs_in(again)}) == len(runs_in(again)) == count
