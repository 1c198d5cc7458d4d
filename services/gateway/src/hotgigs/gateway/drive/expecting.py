"""What a sync will be when a command is carried out that is safe in its queue; pure."""

from datetime import datetime, timedelta

import msgspec

from hotgigs.contracts.drive_state import DriveSyncState, SyncFrequency
from hotgigs.contracts.gateway.change_drive_sync import ChangeDriveSyncV1
from hotgigs.contracts.gateway.set_up_drive_sync import SetUpDriveSyncV1

_EVERY: dict[SyncFrequency, timedelta] = {"daily": timedelta(days=1), "weekly": timedelta(weeks=1)}


def set_up(command: SetUpDriveSyncV1, now: datetime) -> DriveSyncState:
    return DriveSyncState(
        sync_id=command.sync_id,
        version=0,
        owner_user_id=command.actor.user_id,
        database_id=command.actor.database_id,
        provider=command.provider,
        folder_id=command.folder_id,
        folder_name=command.folder_name,
        frequency=command.frequency,
        is_active=True,
        next_sync_at=_next_sync_at(command.frequency, now),
        created_at=now,
        updated_at=now,
    )


def changed(sync: DriveSyncState, command: ChangeDriveSyncV1, now: datetime) -> DriveSyncState:
    """As far as it does not hang on what only drive-sync knows."""
    frequency = command.frequency or sync.frequency
    is_active = sync.is_active if command.is_active is None else command.is_active
    next_sync_at = sync.next_sync_at
    if not is_active:
        next_sync_at = None
    elif frequency != sync.frequency or not sync.is_active:
        next_sync_at = _next_sync_at(frequency, now)
    return msgspec.structs.replace(
        sync,
        folder_name=command.folder_name or sync.folder_name,
        frequency=frequency,
        is_active=is_active,
        next_sync_at=next_sync_at,
        updated_at=now,
    )


def _next_sync_at(frequency: SyncFrequency, now: datetime) -> datetime | None:
    return now + _EVERY[frequency] if frequency in _EVERY else None
