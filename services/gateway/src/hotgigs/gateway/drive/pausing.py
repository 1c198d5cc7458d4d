"""Whose access is taken away, their folders are not kept in sync any more."""

from asyncpg import Record
from uuid_utils.compat import uuid7

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.actor import Actor
from hotgigs.contracts.gateway.change_drive_sync import ChangeDriveSyncV1
from hotgigs.gateway.drive import store


async def pause_syncs_of(user: Record, uow: UnitOfWork) -> None:
    """Of ``user``, as an admin has changed it, unless it may still keep folders in sync. Let in again, the
    user switches them on."""
    if user["status"] == "active" and user["role"] != "candidate":
        return
    for sync_id in await store.active_sync_ids(uow.connection, user["user_id"]):
        # A sync obeys its owner alone.
        actor = Actor(user_id=user["user_id"], role=user["role"])
        uow.publish(ChangeDriveSyncV1(command_id=uuid7(), actor=actor, sync_id=sync_id, is_active=False))
