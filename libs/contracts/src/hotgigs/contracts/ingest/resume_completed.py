"""resume_completed: a resume was parsed and its candidate exists."""

from hotgigs.contracts.message import Event
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.contracts.resume_state import ResumeState


class ResumeCompletedV1(Event, frozen=True, kw_only=True):
    resume: ResumeState
    data: ResumeData

    @property
    def subject(self) -> str:
        return str(self.resume.resume_id)
