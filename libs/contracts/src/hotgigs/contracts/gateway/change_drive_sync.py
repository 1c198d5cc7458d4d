"""change_drive_sync: another name, schedule or grant, or a pause."""

from uuid import UUID

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.drive_state import SyncFrequency
from hotgigs.contracts.message import Command


class ChangeDriveSyncV1(Command, frozen=True, kw_only=True):
    """What is None stays as it is."""

    command_id: UUID
    actor: Actor
    sync_id: UUID
    folder_name: str | None = None
    frequency: SyncFrequency | None = None
    is_active: bool | None = None
    sealed_grant: bytes | None = None
    """As in set_up_drive_sync; in place of one that was revoked or has ended."""

    @property
    def subject(self) -> str:
        return str(self.sync_id)
