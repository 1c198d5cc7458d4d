"""trigger_drive_sync -> drive_run_progressed, of the run that does for it."""

from collections.abc import Sequence
from uuid import UUID

from hotgigs.chassis.database import Connection
from hotgigs.chassis.refused import Refused
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.drive_state import DriveSyncState
from hotgigs.contracts.gateway.trigger_drive_sync import TriggerDriveSyncV1
from hotgigs.contracts.message import Event
from hotgigs.drive_sync import run_queue, sync_store
from hotgigs.drive_sync.changing import CONNECT_AGAIN
from hotgigs.drive_sync.owning import require_owner, require_provider
from hotgigs.drive_sync.settling import settle
from hotgigs.drive_sync.telling import words_of

SWITCH_ON = "This sync is switched off; switch it on first."


async def on_trigger_drive_sync(command: TriggerDriveSyncV1, uow: UnitOfWork) -> None:
    await settle(command, uow, _trigger)


async def _trigger(command: TriggerDriveSyncV1, connection: Connection) -> Sequence[Event]:
    known = require_owner(command.actor, await sync_store.find(connection, command.sync_id))
    sync = known.state
    require_provider(command.actor, sync.provider)
    if not sync.is_active:
        has_ended = sync.provider == "google_drive" and not known.has_grant
        raise Refused("conflict", (sync.last_error or CONNECT_AGAIN) if has_ended else SWITCH_ON)
    run_id = await run_queue.ask_again(connection, sync.sync_id) or await _request(connection, sync, command)
    return await words_of(connection, [run_id])


async def _request(connection: Connection, sync: DriveSyncState, command: TriggerDriveSyncV1) -> UUID:
    """Raises Refused."""
    now = await sync_store.clock(connection)
    if not await run_queue.request(connection, sync, command.run_id, trigger="manual", at=now):
        raise Refused("conflict", "There is a run with this id.")
    return command.run_id
