"""drive_sync_deleted: a folder is kept in sync no longer, and its runs are gone with it."""

from uuid import UUID

from hotgigs.contracts.message import Event


class DriveSyncDeletedV1(Event, frozen=True, kw_only=True):
    sync_id: UUID
    command_id: UUID | None = None

    @property
    def subject(self) -> str:
        return str(self.sync_id)
