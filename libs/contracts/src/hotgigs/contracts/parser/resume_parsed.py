"""resume_parsed: what the parser understood of a resume."""

from datetime import datetime
from uuid import UUID

from hotgigs.contracts.message import Event
from hotgigs.contracts.resume_data import ResumeData


class ResumeParsedV1(Event, frozen=True, kw_only=True):
    resume_id: UUID
    attempt: int
    started_at: datetime
    finished_at: datetime
    data: ResumeData

    @property
    def subject(self) -> str:
        return str(self.resume_id)
