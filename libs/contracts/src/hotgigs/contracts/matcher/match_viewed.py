"""match_viewed: the users of a database have looked at a match."""

from datetime import datetime
from uuid import UUID

from hotgigs.contracts.message import Event


class MatchViewedV1(Event, frozen=True, kw_only=True):
    """The first time counts."""

    job_id: UUID
    candidate_id: UUID
    database_id: UUID
    """The viewer's."""
    viewed_at: datetime
    command_id: UUID | None = None

    @property
    def subject(self) -> str:
        return str(self.candidate_id)
