"""drive_file_fetched: a version of a file is in the object store, to become a resume."""

from uuid import UUID

from hotgigs.contracts.message import Event
from hotgigs.contracts.resume_state import Source, StoredFile


class DriveFileFetchedV1(Event, frozen=True, kw_only=True):
    """Without ``file`` it was fetched but refused, and ``refusal`` says why: such a resume has failed from
    the start."""

    resume_id: UUID
    replaces_resume_id: UUID | None = None
    """That of the file's version before: a new version of the same person's resume."""
    sync_id: UUID
    owner_user_id: UUID
    database_id: UUID
    source: Source
    filename: str
    file: StoredFile | None = None
    refusal: str | None = None

    @property
    def subject(self) -> str:
        return str(self.resume_id)
