"""drive_sync_changed: a folder is kept in sync, or otherwise than before."""

from uuid import UUID

from hotgigs.contracts.drive_state import DriveSyncState
from hotgigs.contracts.message import Event


class DriveSyncChangedV1(Event, frozen=True, kw_only=True):
    sync: DriveSyncState
    command_id: UUID | None = None

    @property
    def subject(self) -> str:
        return str(self.sync.sync_id)
