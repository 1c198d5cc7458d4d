"""submit_batch: take the files of one bulk upload in, all or none."""

from uuid import UUID

from msgspec import Struct

from hotgigs.contracts.message import Command
from hotgigs.contracts.resume_state import Source, StoredFile


class BatchFile(Struct, frozen=True, kw_only=True):
    """Either ``file`` or ``refusal``: a file that cannot be taken in says why, to its uploader."""

    resume_id: UUID
    filename: str
    file: StoredFile | None = None
    refusal: str | None = None


class SubmitBatchV1(Command, frozen=True, kw_only=True):
    batch_id: UUID
    owner_user_id: UUID
    database_id: UUID
    source: Source
    files: tuple[BatchFile, ...]

    @property
    def subject(self) -> str:
        return str(self.batch_id)
