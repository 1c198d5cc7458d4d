"""Whom an admin suspends, or makes a candidate, keeps no folder in sync any more."""

from typing import Any
from uuid import UUID

import msgspec
import pytest
from drive_stage import ADMIN, Stage
from writing_app import WritingApp, add_user

from hotgigs.chassis.database import Pool
from hotgigs.contracts.actor import Actor
from hotgigs.contracts.envelope import Envelope
from hotgigs.contracts.gateway.change_drive_sync import ChangeDriveSyncV1
from hotgigs.gateway.accounts.principal import Principal


@pytest.fixture
def drive(writing_app: WritingApp, pool: Pool) -> Stage:
    return Stage(writing_app, pool)


async def change(drive: Stage, user_id: UUID, **changes: str) -> list[Any]:
    """The commands that are to be sent of it, when the change is made."""
    answer = await drive.app.ask(ADMIN, "PATCH", f"/api/admin/users/{user_id}", changes)
    assert answer.status_code == 200
    async with drive.pool.acquire() as connection:
        rows = await connection.fetch("SELECT envelope FROM outbox ORDER BY id")
    sent = [msgspec.msgpack.decode(row["envelope"], type=Envelope).open() for row in rows]
    return [each for each in sent if isinstance(each, ChangeDriveSyncV1)]


@pytest.mark.parametrize("changes", [{"status": "suspended"}, {"role": "candidate"}])
async def test_the_syncs_of_who_loses_access_are_paused(drive: Stage, changes: dict[str, str]) -> None:
    user_id = await add_user(drive.pool)
    owner = Principal(user_id=user_id, role="recruiter")
    active = await drive.set_up("active", owner=owner)
    await drive.set_up("paused", owner=owner, is_active=False)
    await drive.set_up("of another")
    (command,) = await change(drive, user_id, **changes)
    assert command == ChangeDriveSyncV1(
        command_id=command.command_id,
        actor=Actor(user_id=user_id, role="recruiter"),
        sync_id=active.sync_id,
        is_active=False,
    )


async def test_who_is_an_admin_no_more_fills_the_master_database_no_more(drive: Stage) -> None:
    user_id = await add_user(drive.pool, role="admin")
    of_then = await drive.set_up("of the admin", owner=Principal(user_id=user_id, role="admin"))
    await drive.set_up("of the recruiter", owner=Principal(user_id=user_id, role="recruiter"))
    (command,) = await change(drive, user_id, role="recruiter")
    assert (command.sync_id, command.actor.role) == (of_then.sync_id, "admin")


@pytest.mark.parametrize("changes", [{"status": "active"}, {"role": "admin"}])
async def test_the_syncs_of_who_keeps_access_go_on(drive: Stage, changes: dict[str, str]) -> None:
    user_id = await add_user(drive.pool)
    await drive.set_up("active", owner=Principal(user_id=user_id, role="recruiter"))
    assert await change(drive, user_id, **changes) == []
