"""drive_run_progressed: how far a run of a sync is."""

from uuid import UUID

from hotgigs.contracts.drive_state import DriveRunState
from hotgigs.contracts.message import Event


class DriveRunProgressedV1(Event, frozen=True, kw_only=True):
    run: DriveRunState
    command_id: UUID | None = None

    @property
    def subject(self) -> str:
        return str(self.run.sync_id)
