"""resume_failed: a resume could not be parsed; its state says why."""

from hotgigs.contracts.message import Event
from hotgigs.contracts.resume_state import ResumeState


class ResumeFailedV1(Event, frozen=True, kw_only=True):
    resume: ResumeState

    @property
    def subject(self) -> str:
        return str(self.resume.resume_id)
