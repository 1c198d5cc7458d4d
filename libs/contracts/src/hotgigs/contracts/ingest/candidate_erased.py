"""candidate_erased: a candidate and everything of theirs is gone, and stays gone."""

from uuid import UUID

from hotgigs.contracts.candidate_state import Erasure
from hotgigs.contracts.message import Event


class CandidateErasedV1(Event, frozen=True, kw_only=True):
    """Every service that hears of it forgets what it has of them, and takes in no more of them."""

    erasure: Erasure
    command_id: UUID | None = None

    @property
    def subject(self) -> str:
        return str(self.erasure.erasure_id)
