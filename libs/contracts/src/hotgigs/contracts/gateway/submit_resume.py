"""submit_resume: take one uploaded file in as a resume."""

from uuid import UUID

from hotgigs.contracts.message import Command
from hotgigs.contracts.resume_state import Source, StoredFile


class SubmitResumeV1(Command, frozen=True, kw_only=True):
    """The file is already in the object store; the gateway has assigned the id."""

    resume_id: UUID
    owner_user_id: UUID
    database_id: UUID
    source: Source
    filename: str
    file: StoredFile

    @property
    def subject(self) -> str:
        return str(self.resume_id)
