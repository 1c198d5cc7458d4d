"""trigger_drive_sync: sync a folder now."""

from uuid import UUID

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.message import Command


class TriggerDriveSyncV1(Command, frozen=True, kw_only=True):
    """``run_id`` is of a new run; where one is queued or running already, that one does for this too."""

    command_id: UUID
    actor: Actor
    sync_id: UUID
    run_id: UUID

    @property
    def subject(self) -> str:
        return str(self.sync_id)
