"""delete_drive_sync: forget a folder, its grant and its ledger. The resumes that came of it stay."""

from uuid import UUID

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.message import Command


class DeleteDriveSyncV1(Command, frozen=True, kw_only=True):
    command_id: UUID
    actor: Actor
    sync_id: UUID

    @property
    def subject(self) -> str:
        return str(self.sync_id)
