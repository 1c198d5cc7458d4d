"""resume_completed: a resume was parsed and its candidate exists."""

import msgspec

from hotgigs.contracts.message import Event
from hotgigs.contracts.resume_data import ResumeData, ResumeDataV1
from hotgigs.contracts.resume_state import ResumeState


class ResumeCompletedV1(Event, frozen=True, kw_only=True):
    resume: ResumeState
    data: ResumeDataV1

    @property
    def subject(self) -> str:
        return str(self.resume.resume_id)

    def latest(self) -> "ResumeCompletedV2":
        return msgspec.convert(self, ResumeCompletedV2, from_attributes=True)


class ResumeCompletedV2(Event, frozen=True, kw_only=True):
    """With languages, evidence and the vocabulary's names of skills."""

    resume: ResumeState
    data: ResumeData

    @property
    def subject(self) -> str:
        return str(self.resume.resume_id)
