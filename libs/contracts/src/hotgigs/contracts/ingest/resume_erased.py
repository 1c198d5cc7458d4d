"""resume_erased: resumes are gone whose candidate is still there."""

from uuid import UUID

from hotgigs.contracts.candidate_state import Erasure
from hotgigs.contracts.message import Event


class ResumeErasedV1(Event, frozen=True, kw_only=True):
    erasure: Erasure
    command_id: UUID | None = None

    @property
    def subject(self) -> str:
        return str(self.erasure.erasure_id)
