"""What scoring finds of one pair."""

from msgspec import Struct

from hotgigs.contracts.job_state import EducationLevel
from hotgigs.contracts.match_state import Cap, Nearness, Seniority, TermEvidence


class Scored(Struct, frozen=True, kw_only=True):
    """All scores 0 to 100 with one decimal; the rest as in `hotgigs.contracts.match_state.Match`."""

    score: float
    skill_score: float
    experience_score: float
    education_score: float
    location_score: float
    met: tuple[TermEvidence, ...]
    missing: tuple[str, ...]
    relevant_years: float
    best_experience: int | None
    seniority: Seniority
    education_held: EducationLevel
    nearness: Nearness
    caps: tuple[Cap, ...]
