"""What speaks for and against a match, as it is kept beside the scores; pure."""

from msgspec import Struct

from hotgigs.contracts.job_state import EducationLevel
from hotgigs.contracts.match_state import Cap, Match, Nearness, Seniority, TermEvidence


class Evidence(Struct, frozen=True, kw_only=True):
    """As in `Match`."""

    met: tuple[TermEvidence, ...] = ()
    missing: tuple[str, ...] = ()
    relevant_years: float = 0.0
    best_experience: int | None = None
    seniority: Seniority = "fitting"
    education_held: EducationLevel = "none"
    nearness: Nearness = "unknown"
    caps: tuple[Cap, ...] = ()


def evidence_of(match: Match) -> Evidence:
    return Evidence(**{name: getattr(match, name) for name in Evidence.__struct_fields__})
