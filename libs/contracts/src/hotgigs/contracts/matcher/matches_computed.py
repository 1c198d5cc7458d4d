"""matches_computed: pairs of jobs and candidates that were matched, or are kept no longer."""

from typing import Literal
from uuid import UUID

from hotgigs.contracts.match_state import Match, RemovedMatch
from hotgigs.contracts.message import Event

MOST_PAIRS = 200
"""In one message."""


class MatchesComputedV1(Event, frozen=True, kw_only=True):
    """All pairs are of one job, or of one candidate."""

    about: Literal["job", "candidate"]
    about_id: UUID
    matches: tuple[Match, ...] = ()
    removed: tuple[RemovedMatch, ...] = ()

    @property
    def subject(self) -> str:
        return str(self.about_id)
