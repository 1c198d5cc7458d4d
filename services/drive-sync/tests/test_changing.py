"""What becomes of change_drive_sync."""

from datetime import timedelta
from uuid import uuid4

import pytest
from support.drive_service import DriveService, admin, candidate, recruiter, runs_in, syncs_in

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.drive_state import DriveSyncState
from hotgigs.contracts.drive_sync.drive_command_settled import DriveCommandSettledV1
from hotgigs.contracts.message import Message
from hotgigs.drive_sync import run_store
from hotgigs.drive_sync.ending import finish
from hotgigs.drive_sync.leasing import HeldRun
from hotgigs.drive_sync.run_store import RunOver

OWNER = recruiter()


async def changed(drive: DriveService, **fields: object) -> tuple[DriveSyncState, DriveSyncState]:
    """The sync as it was set up, and as it is after the change."""
    command = drive.set_up_of(OWNER)
    _, told = await drive.does(command)
    _, told_then = await drive.changes(OWNER, command.sync_id, **fields)
    return syncs_in(told)[0], syncs_in(told_then)[0]


def code(outcome: tuple[DriveCommandSettledV1, list[Message]]) -> str | None:
    rejection = outcome[0].rejection
    return None if rejection is None else rejection.code


async def ends_grant(drive: DriveService, held: HeldRun) -> None:
    async with drive.units_of_work.begin() as uow:
        assert await finish(uow, held, status="failed", error_message="Connect again.", grant_ended=True)


async def test_another_name_leaves_the_schedule_as_it_is(drive: DriveService) -> None:
    before, after = await changed(drive, folder_name="Others")
    assert (after.folder_name, after.version) == ("Others", before.version + 1)
    assert after.next_sync_at == before.next_sync_at
    assert after.updated_at > before.updated_at


async def test_another_frequency_counts_from_now(drive: DriveService) -> None:
    _, after = await changed(drive, frequency="weekly")
    assert after.next_sync_at == after.updated_at + timedelta(days=7)


async def test_the_same_frequency_moves_nothing(drive: DriveService) -> None:
    sync_id = await drive.sets_up(OWNER)
    settled, told = await drive.changes(OWNER, sync_id, frequency="daily", is_active=True)
    assert (settled.events, told) == (0, [])


async def test_a_manual_one_is_not_due(drive: DriveService) -> None:
    _, after = await changed(drive, frequency="manual")
    assert after.next_sync_at is None


async def test_one_that_is_switched_off_is_not_due_until_it_is_switched_on(drive: DriveService) -> None:
    sync_id = await drive.sets_up(OWNER)
    _, told = await drive.changes(OWNER, sync_id, is_active=False)
    (off,) = syncs_in(told)
    assert (off.is_active, off.next_sync_at) == (False, None)
    _, told = await drive.changes(OWNER, sync_id, frequency="weekly")
    assert syncs_in(told)[0].next_sync_at is None
    _, told = await drive.changes(OWNER, sync_id, is_active=True)
    (on,) = syncs_in(told)
    assert on.next_sync_at == on.updated_at + timedelta(days=7)


async def test_switching_off_cancels_the_run_that_waits(drive: DriveService) -> None:
    sync_id = await drive.sets_up(OWNER)
    queued = await drive.triggers(OWNER, sync_id)
    settled, told = await drive.changes(OWNER, sync_id, is_active=False)
    (run,) = runs_in(told)
    assert (run.run_id, run.status) == (queued.run_id, "cancelled")
    assert run.ended_at is not None
    assert run.error_message
    assert settled.events == 2
    assert await drive.claims() is None


async def test_switching_off_ends_the_run_that_is_at_work_and_on_again_starts_none(
    drive: DriveService,
) -> None:
    held = await drive.holds(OWNER)
    await drive.changes(OWNER, held.sync.sync_id, is_active=False)
    await drive.changes(OWNER, held.sync.sync_id, is_active=True)
    async with drive.units_of_work.begin() as uow:
        with pytest.raises(RunOver):
            await run_store.advance(uow.connection, held, counts={"files_found": 1})
    assert await drive.claims() is None


async def test_another_name_and_frequency_let_a_run_go_on(drive: DriveService) -> None:
    held = await drive.holds(OWNER)
    settled, _ = await drive.changes(OWNER, held.sync.sync_id, folder_name="Others", frequency="manual")
    async with drive.units_of_work.begin() as uow:
        await run_store.advance(uow.connection, held, counts={"files_found": 1})
    assert settled.rejection is None
    assert await drive.pool.fetchval("SELECT files_found FROM runs") == 1


async def test_a_new_grant_takes_the_place_of_the_old(drive: DriveService) -> None:
    sync_id = await drive.sets_up(OWNER)
    sealed = drive.sealed(OWNER, "another")
    settled, _ = await drive.changes(OWNER, sync_id, sealed_grant=sealed)
    kept = await drive.sync(sync_id)
    assert (settled.events, kept["sealed_grant"], kept["grant_version"]) == (1, sealed, 2)


async def test_a_sync_whose_grant_has_ended_is_switched_on_only_with_another(drive: DriveService) -> None:
    held = await drive.holds(OWNER)
    sync_id = held.sync.sync_id
    await ends_grant(drive, held)
    assert code(await drive.changes(OWNER, sync_id, is_active=True)) == "conflict"
    assert code(await drive.changes(OWNER, sync_id, folder_name="Others")) is None
    _, told = await drive.changes(OWNER, sync_id, sealed_grant=drive.sealed(OWNER))
    (sync,) = syncs_in(told)
    assert (sync.is_active, sync.last_error) == (True, None)
    assert sync.next_sync_at == sync.updated_at + timedelta(days=1)


async def test_a_new_grant_may_come_with_the_wish_to_stay_switched_off(drive: DriveService) -> None:
    held = await drive.holds(OWNER)
    await ends_grant(drive, held)
    _, told = await drive.changes(OWNER, held.sync.sync_id, sealed_grant=drive.sealed(OWNER), is_active=False)
    assert not syncs_in(told)[0].is_active


async def test_a_new_grant_does_not_switch_on_what_its_owner_has_switched_off(drive: DriveService) -> None:
    sync_id = await drive.sets_up(OWNER)
    await drive.changes(OWNER, sync_id, is_active=False)
    _, told = await drive.changes(OWNER, sync_id, sealed_grant=drive.sealed(OWNER))
    assert not syncs_in(told)[0].is_active


@pytest.mark.parametrize(
    ("actor", "expected"),
    [
        (recruiter(), "not_found"),
        (admin(), "not_found"),
        (candidate(), "forbidden"),
        (candidate(OWNER.user_id), "forbidden"),
    ],
)
async def test_others_change_nothing(drive: DriveService, actor: Actor, expected: str) -> None:
    sync_id = await drive.sets_up(OWNER)
    before = await drive.sync(sync_id)
    assert code(await drive.changes(actor, sync_id, is_active=False)) == expected
    assert await drive.sync(sync_id) == before


async def test_what_is_not_there_is_not_changed(drive: DriveService) -> None:
    assert code(await drive.changes(OWNER, uuid4(), is_active=False)) == "not_found"


async def test_who_is_no_admin_any_more_can_only_switch_an_operators_folder_off(drive: DriveService) -> None:
    owner = admin()
    sync_id = await drive.sets_up(owner, provider="watched_folder", folder_id="inbox", sealed_grant=None)
    former = recruiter(owner.user_id)
    assert code(await drive.changes(former, sync_id, frequency="weekly")) == "forbidden"
    assert code(await drive.changes(former, sync_id, is_active=False)) is None
    assert code(await drive.changes(former, sync_id, is_active=True)) == "forbidden"


async def test_an_operators_folder_needs_no_grant_and_keeps_none(drive: DriveService) -> None:
    owner = admin()
    sync_id = await drive.sets_up(owner, provider="watched_folder", folder_id="inbox")
    await drive.changes(owner, sync_id, is_active=False)
    assert code(await drive.changes(owner, sync_id, is_active=True, sealed_grant=b"sealed")) is None
    assert (await drive.sync(sync_id))["sealed_grant"] is None
