"""Whose access is taken away, their folders are not kept in sync any more."""

from asyncpg import Record
from uuid_utils.compat import uuid7

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.actor import Actor
from hotgigs.contracts.gateway.change_drive_sync import ChangeDriveSyncV1
from hotgigs.gateway.drive import store
from hotgigs.gateway.drive.filling import filled_by


async def pause_syncs(before: Record, after: Record, uow: UnitOfWork) -> None:
    """Of a user whom an admin has changed, those that go to a database that the user may not fill any more.
    Nobody but the user switches them on again."""
    # A sync obeys its owner alone: it is said as the owner could have said it.
    actor = Actor(user_id=before["user_id"], role=before["role"])
    filled = filled_by(actor.user_id, after["role"]) if after["status"] == "active" else ()
    for sync_id in await store.active_outside(uow.connection, actor.user_id, filled):
        uow.publish(ChangeDriveSyncV1(command_id=uuid7(), actor=actor, sync_id=sync_id, is_active=False))
