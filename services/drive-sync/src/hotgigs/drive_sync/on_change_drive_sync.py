"""change_drive_sync -> drive_sync_changed; one that is switched off has its run cancelled."""

from collections.abc import Sequence

import msgspec

from hotgigs.chassis.database import Connection
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.drive_sync.drive_sync_changed import DriveSyncChangedV1
from hotgigs.contracts.gateway.change_drive_sync import ChangeDriveSyncV1
from hotgigs.contracts.message import Event
from hotgigs.drive_sync import run_queue, sync_store
from hotgigs.drive_sync.changing import changed
from hotgigs.drive_sync.owning import require_owner, require_provider
from hotgigs.drive_sync.settling import settle
from hotgigs.drive_sync.telling import words_of

SWITCHED_OFF = "The sync was switched off."


async def on_change_drive_sync(command: ChangeDriveSyncV1, uow: UnitOfWork) -> None:
    await settle(command, uow, _change)


async def _change(command: ChangeDriveSyncV1, connection: Connection) -> Sequence[Event]:
    known = require_owner(command.actor, await sync_store.find(connection, command.sync_id))
    if known.state.provider != "google_drive":
        command = msgspec.structs.replace(command, sealed_grant=None)
    now = await sync_store.clock(connection)
    state = changed(known, command, now=now)
    if state.is_active:
        require_provider(command.actor, state.provider)
    if state == known.state and command.sealed_grant is None:
        return ()
    state = msgspec.structs.replace(state, version=state.version + 1, updated_at=now)
    await sync_store.change(connection, state, sealed_grant=command.sealed_grant)
    if not state.is_active:
        run_id = await run_queue.cancel(connection, state.sync_id, error_message=SWITCHED_OFF)
        if run_id is not None:
            return await words_of(connection, [run_id])
    return [DriveSyncChangedV1(sync=state)]
