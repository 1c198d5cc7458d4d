"""resume_parse_failed: the parser cannot read a resume, however often it tries."""

from datetime import datetime
from uuid import UUID

from hotgigs.contracts.message import Event


class ResumeParseFailedV1(Event, frozen=True, kw_only=True):
    """``reason`` is one sentence for the uploader, without content of the file."""

    resume_id: UUID
    attempt: int
    started_at: datetime
    finished_at: datetime
    reason: str

    @property
    def subject(self) -> str:
        return str(self.resume_id)
