"""matching_progressed: how far a run of the matcher is."""

from uuid import UUID

from hotgigs.contracts.match_state import MatchingRun
from hotgigs.contracts.message import Event


class MatchingProgressedV1(Event, frozen=True, kw_only=True):
    run: MatchingRun
    command_id: UUID | None = None

    @property
    def subject(self) -> str:
        return str(self.run.about_id)
