"""resume_parsed: what the parser understood of a resume."""

from datetime import datetime
from uuid import UUID

import msgspec

from hotgigs.contracts.message import Event
from hotgigs.contracts.resume_data import ResumeData, ResumeDataV1


class ResumeParsedV1(Event, frozen=True, kw_only=True):
    resume_id: UUID
    attempt: int
    started_at: datetime
    finished_at: datetime
    data: ResumeDataV1

    @property
    def subject(self) -> str:
        return str(self.resume_id)

    def latest(self) -> "ResumeParsedV2":
        return msgspec.convert(self, ResumeParsedV2, from_attributes=True)


class ResumeParsedV2(Event, frozen=True, kw_only=True):
    """With languages, evidence and the vocabulary's names of skills."""

    resume_id: UUID
    attempt: int
    started_at: datetime
    finished_at: datetime
    data: ResumeData

    @property
    def subject(self) -> str:
        return str(self.resume_id)
