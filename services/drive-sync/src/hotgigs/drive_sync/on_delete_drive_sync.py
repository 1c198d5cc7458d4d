"""delete_drive_sync -> drive_sync_deleted."""

from collections.abc import Sequence

from hotgigs.chassis.database import Connection
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.drive_sync.drive_sync_deleted import DriveSyncDeletedV1
from hotgigs.contracts.gateway.delete_drive_sync import DeleteDriveSyncV1
from hotgigs.contracts.message import Event
from hotgigs.drive_sync import sync_store
from hotgigs.drive_sync.owning import require_owner
from hotgigs.drive_sync.settling import settle


async def on_delete_drive_sync(command: DeleteDriveSyncV1, uow: UnitOfWork) -> None:
    await settle(command, uow, _delete)


async def _delete(command: DeleteDriveSyncV1, connection: Connection) -> Sequence[Event]:
    sync = require_owner(command.actor, await sync_store.find(connection, command.sync_id)).state
    await sync_store.delete(connection, sync.sync_id)
    return [DriveSyncDeletedV1(sync_id=sync.sync_id)]
