"""drive_sync_changed -> the read model of syncs."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.drive_sync.drive_sync_changed import DriveSyncChangedV1
from hotgigs.gateway.drive.projecting import put_syncs
from hotgigs.gateway.locks import lock
from hotgigs.gateway.outcomes.store import note_applied


async def on_drive_sync_changed(events: Sequence[DriveSyncChangedV1], uow: UnitOfWork) -> None:
    syncs = [event.sync for event in events]
    await lock(uow.connection, {sync.sync_id for sync in syncs})
    await put_syncs(uow.connection, syncs)
    await note_applied(uow.connection, [(event.command_id, event, None) for event in events])
