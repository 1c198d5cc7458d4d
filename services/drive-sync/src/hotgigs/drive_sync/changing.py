"""What becomes of a sync that its owner changes."""

from datetime import datetime

import msgspec

from hotgigs.chassis.refused import Refused
from hotgigs.contracts.drive_state import DriveSyncState
from hotgigs.contracts.gateway.change_drive_sync import ChangeDriveSyncV1
from hotgigs.drive_sync.schedule import next_sync_at
from hotgigs.drive_sync.sync_store import KeptSync

CONNECT_AGAIN = "Connect Google Drive again first."


def changed(known: KeptSync, command: ChangeDriveSyncV1, *, now: datetime) -> DriveSyncState:
    """The same state where nothing changes but the grant. Raises Refused.

    A new grant switches on again what was switched off because the last one had ended; what its owner has
    switched off stays off. With another schedule, and when it is switched on, a sync is due an interval from
    now.
    """
    state, gives_grant = known.state, command.sealed_grant is not None
    needs_grant = state.provider == "google_drive" and not known.has_grant
    is_active = state.is_active if command.is_active is None else command.is_active
    if command.is_active is None and needs_grant and gives_grant:
        is_active = True
    if is_active and needs_grant and not gives_grant:
        raise Refused("conflict", CONNECT_AGAIN)
    frequency = command.frequency or state.frequency
    next_due = state.next_sync_at
    if not is_active:
        next_due = None
    elif not state.is_active or frequency != state.frequency:
        next_due = next_sync_at(frequency, now=now)
    return msgspec.structs.replace(
        state,
        folder_name=command.folder_name or state.folder_name,
        frequency=frequency,
        is_active=is_active,
        next_sync_at=next_due,
        last_error=None if needs_grant and gives_grant else state.last_error,
    )
