"""What the process of a run writes, and how a run ends."""

from typing import Any
from uuid import uuid4

import pytest
from support.drive_service import DriveService, recruiter, runs_in, syncs_in

from hotgigs.contracts import drive_grant
from hotgigs.contracts.drive_grant import DriveGrant
from hotgigs.contracts.drive_state import DriveFileError
from hotgigs.drive_sync import grants, run_errors, run_store
from hotgigs.drive_sync.ending import finish
from hotgigs.drive_sync.leasing import HeldRun
from hotgigs.drive_sync.run_store import RunOver

OWNER = recruiter()


async def advances(drive: DriveService, held: HeldRun, **changes: Any) -> None:
    async with drive.units_of_work.begin() as uow:
        await run_store.advance(uow.connection, held, **changes)


async def finishes(drive: DriveService, held: HeldRun, **how: Any) -> bool:
    async with drive.units_of_work.begin() as uow:
        return await finish(uow, held, **how)


async def test_counts_add_up_and_those_of_synced_files_to_the_syncs_total_too(drive: DriveService) -> None:
    held = await drive.holds(OWNER)
    await advances(
        drive, held, counts={"files_found": 3}, passed_over={"wrong_type": 2, "empty": 1}, page="next"
    )
    await advances(
        drive, held, counts={"files_synced": 2, "files_unchanged": 1}, passed_over={"wrong_type": 1}
    )
    run = await drive.run(held.run_id)
    assert (run["files_found"], run["files_synced"], run["files_unchanged"]) == (3, 2, 1)
    assert run["passed_over"] == {"wrong_type": 3, "empty": 1}
    assert run["page"] == "next"
    assert (await drive.sync(held.sync.sync_id))["total_files_synced"] == 2


async def test_what_is_given_as_none_is_set_and_what_is_not_given_stays(drive: DriveService) -> None:
    held = await drive.holds(OWNER)
    await advances(drive, held, kind="full", page="page", next_cursor="cursor", is_listed=True)
    await advances(drive, held, page=None)
    run = await drive.run(held.run_id)
    assert (run["kind"], run["page"], run["next_cursor"], run["is_listed"]) == ("full", None, "cursor", True)


@pytest.mark.parametrize("end", ["paused", "deleted", "taken over", "completed"])
async def test_once_the_run_is_over_nothing_more_is_written(drive: DriveService, end: str) -> None:
    held = await drive.holds(OWNER)
    match end:
        case "paused":
            await drive.changes(OWNER, held.sync.sync_id, is_active=False)
        case "deleted":
            await drive.deletes(OWNER, held.sync.sync_id)
        case "taken over":
            await drive.lease_runs_out(held.run_id)
            assert await drive.claims() is not None
        case "completed":
            assert await finishes(drive, held, status="completed")
    before = await drive.pool.fetch("SELECT * FROM runs"), await drive.pool.fetch("SELECT * FROM syncs")
    with pytest.raises(RunOver):
        await advances(drive, held, counts={"files_synced": 1})
    with pytest.raises(RunOver):
        await finishes(drive, held, status="failed", error_message="late")
    with pytest.raises(RunOver):
        async with drive.units_of_work.begin() as uow:
            await run_store.take_asked_again(uow.connection, held)
    async with drive.units_of_work.begin() as uow:
        await grants.keep_renewed(
            uow.connection, held, drive.resources.sealing, DriveGrant(access_token="late")
        )
    assert before == (
        await drive.pool.fetch("SELECT * FROM runs"),
        await drive.pool.fetch("SELECT * FROM syncs"),
    )


async def test_a_completed_run_moves_the_cursor_and_clears_the_last_error(drive: DriveService) -> None:
    held = await drive.holds(OWNER)
    await finishes(drive, held, status="failed", error_message="Away.")
    await drive.triggers(OWNER, held.sync.sync_id)
    again = await drive.claims()
    assert again is not None
    await advances(drive, again, next_cursor="cursor")
    await drive.told()
    assert await finishes(drive, again, status="completed")
    told = await drive.told()
    (run,), (sync,) = runs_in(told), syncs_in(told)
    assert (run.status, run.ended_at) == ("completed", sync.last_sync_at)
    assert run.ended_at is not None
    assert sync.last_error is None
    assert (await drive.sync(sync.sync_id))["cursor"] == "cursor"


async def test_a_failed_run_keeps_the_cursor_and_says_why(drive: DriveService) -> None:
    held = await drive.holds(OWNER)
    await drive.pool.execute("UPDATE syncs SET cursor = 'before'")
    await advances(drive, held, next_cursor="after")
    await drive.told()
    assert await finishes(drive, held, status="failed", error_message="Away.")
    told = await drive.told()
    (run,), (sync,) = runs_in(told), syncs_in(told)
    assert (run.status, run.error_message, sync.last_error) == ("failed", "Away.", "Away.")
    assert (sync.is_active, sync.last_sync_at) == (True, None)
    kept = await drive.sync(sync.sync_id)
    assert (kept["cursor"], kept["sealed_grant"]) == ("before", held.sync.sealed_grant)


async def test_where_the_grant_has_ended_the_sync_is_switched_off_and_forgets_it(drive: DriveService) -> None:
    held = await drive.holds(OWNER)
    await drive.told()
    assert await finishes(drive, held, status="failed", error_message="Connect again.", grant_ended=True)
    (sync,) = syncs_in(await drive.told())
    assert (sync.is_active, sync.next_sync_at, sync.last_error) == (False, None, "Connect again.")
    assert (await drive.sync(sync.sync_id))["sealed_grant"] is None


async def test_a_grant_that_was_given_meanwhile_is_tried_instead(drive: DriveService) -> None:
    held = await drive.holds(OWNER)
    sealed = drive.sealed(OWNER, "another")
    await drive.changes(OWNER, held.sync.sync_id, sealed_grant=sealed)
    assert not await finishes(drive, held, status="failed", error_message="Connect again.", grant_ended=True)
    then = await drive.claims()
    assert then is not None
    assert (then.run_id, then.sync.sealed_grant) == (held.run_id, sealed)


async def test_renewed_tokens_are_kept_sealed_but_not_over_a_grant_given_meanwhile(
    drive: DriveService,
) -> None:
    held = await drive.holds(OWNER)
    renewed, sealing = DriveGrant(access_token="renewed"), drive.resources.sealing
    async with drive.units_of_work.begin() as uow:
        await grants.keep_renewed(uow.connection, held, sealing, renewed)
    kept = (await drive.sync(held.sync.sync_id))["sealed_grant"]
    assert b"renewed" not in kept
    opened = sealing.open(kept, context=drive_grant.context_of(OWNER.user_id))
    assert drive_grant.grant_in(opened) == renewed
    given = drive.sealed(OWNER, "another")
    await drive.changes(OWNER, held.sync.sync_id, sealed_grant=given)
    async with drive.units_of_work.begin() as uow:
        await grants.keep_renewed(uow.connection, held, sealing, renewed)
    assert (await drive.sync(held.sync.sync_id))["sealed_grant"] == given


async def test_the_grant_of_a_run_is_the_owners(drive: DriveService) -> None:
    held = await drive.holds(OWNER)
    grant = grants.open_grant(drive.resources.sealing, held.sync)
    assert grant is not None
    assert grant.access_token == "access"


async def test_errors_of_a_run_that_was_forgotten_are_not_kept(drive: DriveService) -> None:
    now = (await drive.sync(await drive.sets_up(OWNER)))["created_at"]
    async with drive.units_of_work.begin() as uow:
        await run_errors.add(uow.connection, uuid4(), [DriveFileError(file_id="file", reason="why", at=now)])
    assert await drive.pool.fetchval("SELECT count(*) FROM run_errors") == 0
