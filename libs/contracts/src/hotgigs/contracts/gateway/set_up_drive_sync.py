"""set_up_drive_sync: keep a folder in sync from now on."""

from uuid import UUID

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.drive_state import Provider, SyncFrequency
from hotgigs.contracts.message import Command


class SetUpDriveSyncV1(Command, frozen=True, kw_only=True):
    command_id: UUID
    actor: Actor
    sync_id: UUID
    provider: Provider
    folder_id: str
    folder_name: str
    frequency: SyncFrequency
    sealed_grant: bytes | None = None
    """A `hotgigs.contracts.drive_grant.DriveGrant` of the actor's; None for a provider that needs none."""

    @property
    def subject(self) -> str:
        return str(self.sync_id)
