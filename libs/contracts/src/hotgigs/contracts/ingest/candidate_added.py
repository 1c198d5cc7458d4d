"""candidate_added: a candidate is in a database for the first time."""

from uuid import UUID

from hotgigs.contracts.candidate_state import CandidateState
from hotgigs.contracts.message import Event


class CandidateAddedV1(Event, frozen=True, kw_only=True):
    candidate: CandidateState
    command_id: UUID | None = None

    @property
    def subject(self) -> str:
        return str(self.candidate.candidate_id)
