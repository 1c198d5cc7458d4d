"""resume_received: a resume was taken in, or is to be parsed again, and waits for a parser."""

from hotgigs.contracts.message import Event
from hotgigs.contracts.resume_state import ResumeState


class ResumeReceivedV1(Event, frozen=True, kw_only=True):
    resume: ResumeState

    @property
    def subject(self) -> str:
        return str(self.resume.resume_id)
