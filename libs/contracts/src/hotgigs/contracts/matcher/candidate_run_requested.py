"""candidate_run_requested: a candidate waits to be matched with all open jobs. To the matcher itself."""

from uuid import UUID

from hotgigs.contracts.message import Event


class CandidateRunRequestedV1(Event, frozen=True, kw_only=True):
    run_id: UUID
    candidate_id: UUID

    @property
    def subject(self) -> str:
        return str(self.candidate_id)
