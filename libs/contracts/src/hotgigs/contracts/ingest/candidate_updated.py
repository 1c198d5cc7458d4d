"""candidate_updated: a candidate has changed."""

from uuid import UUID

from hotgigs.contracts.candidate_state import CandidateState
from hotgigs.contracts.message import Event


class CandidateUpdatedV1(Event, frozen=True, kw_only=True):
    """``command_id`` is that of the command that asked for it, if one did."""

    candidate: CandidateState
    command_id: UUID | None = None

    @property
    def subject(self) -> str:
        return str(self.candidate.candidate_id)
