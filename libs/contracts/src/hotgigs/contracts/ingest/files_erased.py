"""files_erased: ingest has nothing left of what was to be erased, files and dead letters included."""

from datetime import datetime
from uuid import UUID

from hotgigs.contracts.message import Event


class FilesErasedV1(Event, frozen=True, kw_only=True):
    erasure_id: UUID
    at: datetime

    @property
    def subject(self) -> str:
        return str(self.erasure_id)
