"""drive_sync_deleted -> nothing is left of them in any read model."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.drive_sync.drive_sync_deleted import DriveSyncDeletedV1
from hotgigs.gateway.drive.projecting import delete_syncs
from hotgigs.gateway.locks import lock
from hotgigs.gateway.outcomes.store import note_applied


async def on_drive_sync_deleted(events: Sequence[DriveSyncDeletedV1], uow: UnitOfWork) -> None:
    sync_ids = [event.sync_id for event in events]
    await lock(uow.connection, sync_ids)
    await delete_syncs(uow.connection, sync_ids)
    await note_applied(uow.connection, [(event.command_id, event, None) for event in events])
