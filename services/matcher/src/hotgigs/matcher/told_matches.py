"""Matches in as few messages as they fit into."""

from collections.abc import Iterator, Sequence
from typing import Literal
from uuid import UUID

from hotgigs.contracts.match_state import Match, RemovedMatch
from hotgigs.contracts.matcher.matches_computed import MOST_PAIRS, MatchesComputedV1


def told(
    about: Literal["job", "candidate"],
    about_id: UUID,
    *,
    matches: Sequence[Match] = (),
    removed: Sequence[RemovedMatch] = (),
) -> Iterator[MatchesComputedV1]:
    """All of one job, or of one candidate."""
    for start in range(0, len(matches), MOST_PAIRS):
        yield MatchesComputedV1(
            about=about, about_id=about_id, matches=tuple(matches[start : start + MOST_PAIRS])
        )
    for start in range(0, len(removed), MOST_PAIRS):
        yield MatchesComputedV1(
            about=about, about_id=about_id, removed=tuple(removed[start : start + MOST_PAIRS])
        )
