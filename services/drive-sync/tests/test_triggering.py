"""What becomes of trigger_drive_sync and delete_drive_sync."""

import asyncio
from uuid import uuid4

import msgspec
import pytest
from support.drive_service import DriveService, admin, candidate, recruiter, runs_in, syncs_in

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.drive_sync.drive_sync_deleted import DriveSyncDeletedV1
from hotgigs.contracts.gateway.delete_drive_sync import DeleteDriveSyncV1
from hotgigs.contracts.gateway.trigger_drive_sync import TriggerDriveSyncV1
from hotgigs.drive_sync import run_store
from hotgigs.drive_sync.ending import finish
from hotgigs.drive_sync.on_trigger_drive_sync import SWITCH_ON
from hotgigs.drive_sync.run_store import RunOver

OWNER = recruiter()
STRANGERS = [(recruiter(), "not_found"), (admin(), "not_found"), (candidate(OWNER.user_id), "forbidden")]


def trigger(sync_id: object, actor: Actor = OWNER) -> TriggerDriveSyncV1:
    return TriggerDriveSyncV1(command_id=uuid4(), actor=actor, sync_id=sync_id, run_id=uuid4())  # type: ignore[arg-type]


async def test_a_trigger_queues_a_run_and_leaves_the_schedule_alone(drive: DriveService) -> None:
    sync_id = await drive.sets_up(OWNER)
    due = (await drive.sync(sync_id))["next_sync_at"]
    command = trigger(sync_id)
    settled, told = await drive.does(command)
    (run,), (sync,) = runs_in(told), syncs_in(told)
    assert (run.run_id, run.sync_id, run.status) == (command.run_id, sync_id, "queued")
    assert (run.trigger, run.kind, run.started_at) == ("manual", None, None)
    assert (settled.events, sync.next_sync_at) == (2, due)


async def test_a_trigger_while_a_run_waits_is_done_by_that_run(drive: DriveService) -> None:
    sync_id = await drive.sets_up(OWNER)
    first = await drive.triggers(OWNER, sync_id)
    again = await drive.triggers(OWNER, sync_id)
    assert (again.run_id, again.status) == (first.run_id, "queued")
    assert again.version > first.version
    assert not (await drive.run(first.run_id))["is_asked_again"]


async def test_a_trigger_while_a_run_is_at_work_has_it_look_once_more(drive: DriveService) -> None:
    held = await drive.holds(OWNER)
    again = await drive.triggers(OWNER, held.sync.sync_id)
    assert (again.run_id, again.status) == (held.run_id, "running")
    async with drive.units_of_work.begin() as uow:
        assert not await finish(uow, held, status="completed")
        assert await run_store.take_asked_again(uow.connection, held)
        assert not await run_store.take_asked_again(uow.connection, held)
        assert await finish(uow, held, status="completed")


async def test_triggers_at_the_same_moment_have_one_run(drive: DriveService) -> None:
    sync_id = await drive.sets_up(OWNER)
    await drive.told()
    await asyncio.gather(*(drive.carry_out(trigger(sync_id)) for _ in range(4)))
    assert len({run.run_id for run in runs_in(await drive.told())}) == 1
    assert await drive.pool.fetchval("SELECT count(*) FROM runs") == 1


async def test_a_run_after_one_that_has_ended_is_another(drive: DriveService) -> None:
    held = await drive.holds(OWNER)
    async with drive.units_of_work.begin() as uow:
        await finish(uow, held, status="completed")
    assert (await drive.triggers(OWNER, held.sync.sync_id)).run_id != held.run_id


async def test_the_same_run_is_not_begun_twice(drive: DriveService) -> None:
    command = trigger(await drive.sets_up(OWNER))
    await drive.does(command)
    other = await drive.sets_up(OWNER)
    settled, _ = await drive.does(msgspec.structs.replace(command, command_id=uuid4(), sync_id=other))
    assert settled.rejection is not None
    assert settled.rejection.code == "conflict"


async def test_what_is_switched_off_is_not_triggered(drive: DriveService) -> None:
    sync_id = await drive.sets_up(OWNER)
    await drive.changes(OWNER, sync_id, is_active=False)
    settled, _ = await drive.does(trigger(sync_id))
    assert settled.rejection is not None
    assert (settled.rejection.code, settled.rejection.detail) == ("conflict", SWITCH_ON)


async def test_where_the_grant_has_ended_a_trigger_is_told_what_to_do(drive: DriveService) -> None:
    held = await drive.holds(OWNER)
    async with drive.units_of_work.begin() as uow:
        await finish(uow, held, status="failed", error_message="Connect again.", grant_ended=True)
    settled, _ = await drive.does(trigger(held.sync.sync_id))
    assert settled.rejection is not None
    assert (settled.rejection.code, settled.rejection.detail) == ("conflict", "Connect again.")


@pytest.mark.parametrize(("actor", "expected"), STRANGERS)
async def test_others_trigger_nothing(drive: DriveService, actor: Actor, expected: str) -> None:
    settled, told = await drive.does(trigger(await drive.sets_up(OWNER), actor))
    assert settled.rejection is not None
    assert (settled.rejection.code, told) == (expected, [])


async def test_who_is_no_admin_any_more_does_not_take_in_the_operators_files(drive: DriveService) -> None:
    owner = admin()
    sync_id = await drive.sets_up(owner, provider="watched_folder", folder_id="inbox", sealed_grant=None)
    settled, _ = await drive.does(trigger(sync_id, recruiter(owner.user_id)))
    assert settled.rejection is not None
    assert settled.rejection.code == "forbidden"


async def test_of_a_deleted_sync_nothing_is_left_but_what_tells_its_resumes_files(
    drive: DriveService,
) -> None:
    held = await drive.holds(OWNER)
    await drive.submits(held, "a file")
    settled, told = await drive.does(
        DeleteDriveSyncV1(command_id=(id_ := uuid4()), actor=OWNER, sync_id=held.sync.sync_id)
    )
    assert told == [DriveSyncDeletedV1(sync_id=held.sync.sync_id, command_id=id_)]
    assert settled.rejection is None
    for table in ("syncs", "runs", "files", "folders", "imports", "run_errors"):
        assert await drive.pool.fetchval(f"SELECT count(*) FROM {table}") == 0
    assert await drive.pool.fetchval("SELECT count(*) FROM origins") == 1
    async with drive.units_of_work.begin() as uow:
        with pytest.raises(RunOver):
            await run_store.advance(uow.connection, held)


async def test_a_deleted_folder_can_be_set_up_again(drive: DriveService) -> None:
    sync_id = await drive.sets_up(OWNER, folder_id="folder")
    await drive.deletes(OWNER, sync_id)
    await drive.sets_up(OWNER, folder_id="folder")


@pytest.mark.parametrize(("actor", "expected"), STRANGERS)
async def test_others_delete_nothing(drive: DriveService, actor: Actor, expected: str) -> None:
    sync_id = await drive.sets_up(OWNER)
    settled, _ = await drive.does(DeleteDriveSyncV1(command_id=uuid4(), actor=actor, sync_id=sync_id))
    assert settled.rejection is not None
    assert settled.rejection.code == expected
    assert (await drive.sync(sync_id))["is_active"]
