"""What becomes of set_up_drive_sync."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import msgspec
import pytest
from support.drive_service import DriveService, admin, candidate, recruiter, runs_in, syncs_in

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.drive_state import SyncFrequency
from hotgigs.contracts.drive_sync.drive_command_settled import DriveCommandSettledV1
from hotgigs.contracts.resume_state import MASTER_DATABASE_ID


async def test_a_folder_is_kept_in_sync_from_its_set_up_on_and_nothing_runs_yet(drive: DriveService) -> None:
    owner = recruiter()
    command = drive.set_up_of(owner)
    settled, told = await drive.does(command)
    (sync,) = syncs_in(told)
    assert settled.rejection is None
    assert (sync.sync_id, sync.version, sync.owner_user_id) == (command.sync_id, 1, owner.user_id)
    assert (sync.folder_id, sync.folder_name) == (command.folder_id, "Resumes")
    assert (sync.is_active, sync.last_sync_at, sync.last_error) == (True, None, None)
    assert sync.next_sync_at == sync.created_at + timedelta(days=1)
    assert not runs_in(told)
    assert (await drive.sync(sync.sync_id))["sealed_grant"] == command.sealed_grant


@pytest.mark.parametrize(("frequency", "days"), [("daily", 1), ("weekly", 7), ("manual", None)])
async def test_it_is_due_as_its_frequency_says(
    drive: DriveService, frequency: SyncFrequency, days: int | None
) -> None:
    _, told = await drive.does(drive.set_up_of(recruiter(), frequency=frequency))
    (sync,) = syncs_in(told)
    expected = None if days is None else sync.created_at + timedelta(days=days)
    assert sync.next_sync_at == expected


async def test_candidates_go_to_the_owners_database_and_those_of_admins_to_the_master_database(
    drive: DriveService,
) -> None:
    owner = recruiter()
    of_recruiter = await drive.sets_up(owner)
    of_admin = await drive.sets_up(admin())
    assert (await drive.sync(of_recruiter))["database_id"] == owner.user_id
    assert (await drive.sync(of_admin))["database_id"] == MASTER_DATABASE_ID


async def test_the_same_folder_twice_is_refused_and_nothing_changes(drive: DriveService) -> None:
    owner = recruiter()
    first = drive.set_up_of(owner)
    await drive.does(first)
    settled, told = await drive.does(drive.set_up_of(owner, folder_id=first.folder_id))
    assert settled.rejection is not None
    assert (settled.rejection.code, settled.rejection.detail) == (
        "conflict",
        "This folder is kept in sync already.",
    )
    assert not told
    assert await drive.pool.fetchval("SELECT count(*) FROM syncs") == 1


async def test_the_same_folder_at_the_same_moment_is_set_up_once(drive: DriveService) -> None:
    owner = recruiter()
    commands = [drive.set_up_of(owner, folder_id="folder") for _ in range(4)]
    await asyncio.gather(*(drive.carry_out(command) for command in commands))
    settled = [each for each in await drive.told() if isinstance(each, DriveCommandSettledV1)]
    assert len([each for each in settled if each.rejection is None]) == 1
    assert {each.rejection.code for each in settled if each.rejection} == {"conflict"}


async def test_two_databases_keep_the_same_folder_each(drive: DriveService) -> None:
    await drive.sets_up(recruiter(), folder_id="folder")
    await drive.sets_up(recruiter(), folder_id="folder")


async def test_a_command_that_comes_twice_has_its_effect_once(drive: DriveService) -> None:
    command = drive.set_up_of(recruiter())
    first, _ = await drive.does(command)
    await drive.carry_out(command)
    assert await drive.told() == [first]


async def test_a_deleted_sync_is_not_set_up_again_under_its_id(drive: DriveService) -> None:
    owner = recruiter()
    command = drive.set_up_of(owner)
    await drive.does(command)
    await drive.deletes(owner, command.sync_id)
    settled, _ = await drive.does(msgspec.structs.replace(command, command_id=uuid4()))
    assert settled.rejection is not None
    assert settled.rejection.code == "conflict"


async def test_candidates_keep_no_folder_in_sync(drive: DriveService) -> None:
    settled, _ = await drive.does(drive.set_up_of(candidate()))
    assert settled.rejection is not None
    assert settled.rejection.code == "forbidden"


async def test_a_drive_without_a_grant_is_refused(drive: DriveService) -> None:
    settled, _ = await drive.does(drive.set_up_of(recruiter(), sealed_grant=None))
    assert settled.rejection is not None
    assert settled.rejection.code == "conflict"


@pytest.mark.parametrize(
    ("actor", "folder_id", "refused"),
    [
        (admin(), "inbox", None),
        (admin(), "elsewhere", "not_found"),
        (recruiter(), "inbox", "forbidden"),
        (candidate(), "inbox", "forbidden"),
    ],
)
async def test_the_operators_folders_are_for_admins_and_only_those_that_are_named(
    drive: DriveService, actor: Actor, folder_id: str, refused: str | None
) -> None:
    settled, _ = await drive.does(
        drive.set_up_of(actor, provider="watched_folder", folder_id=folder_id, sealed_grant=None)
    )
    assert (settled.rejection.code if settled.rejection else None) == refused
