"""Statistics of matches as they are answered; pure."""

from uuid import UUID

from msgspec import Struct


class CandidateStats(Struct, kw_only=True):
    """High matches have a score of 80 or more, medium ones 60 or more, low ones less. `match_rate` is how
    many of a hundred are high, with one decimal."""

    candidate_id: UUID
    total_matches: int
    high_matches: int
    medium_matches: int
    low_matches: int
    match_rate: float


class JobStats(Struct, kw_only=True):
    """Of the matches that the caller sees; the tiers are those of a candidate's. `view_rate` is how many of a
    hundred are viewed, with one decimal."""

    job_id: UUID
    total_matches: int
    high_matches: int
    medium_matches: int
    low_matches: int
    viewed_matches: int
    view_rate: float


def rate(some: int, total: int) -> float:
    """How many of a hundred, with one decimal; 0.0 of none."""
    return round(100 * some / total, 1) if total else 0.0
