"""drive_files_forgotten: drive-sync has nothing left of what was to be erased."""

from datetime import datetime
from uuid import UUID

from hotgigs.contracts.message import Event


class DriveFilesForgottenV1(Event, frozen=True, kw_only=True):
    erasure_id: UUID
    at: datetime

    @property
    def subject(self) -> str:
        return str(self.erasure_id)
