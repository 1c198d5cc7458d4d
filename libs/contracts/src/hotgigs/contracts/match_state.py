"""What the matcher found of one candidate and one job: parts and evidence, which sentences are made of when
somebody reads them. Nothing here is the candidate's own words."""

from datetime import datetime
from typing import Literal
from uuid import UUID, uuid5

from msgspec import Struct

from hotgigs.contracts.job_state import EducationLevel

_MATCHES = UUID("6f0d1c52-6d3c-5b0e-9a39-0e8d2a6b7c11")

How = Literal["exact", "alias", "hierarchy", "meaning"]
"""How a term of the job is met: under its name, under another of its names, by a kind of it, or by text that
means it."""
Seniority = Literal["far_below", "below", "fitting", "above", "far_above"]
Nearness = Literal["remote", "same_city", "commutable", "same_region", "same_country", "abroad", "unknown"]
Cap = Literal["abroad", "out_of_reach", "must_have_missing", "other_profession", "too_junior"]
"""What holds a total down, whatever the parts are."""


def match_id_of(job_id: UUID, candidate_id: UUID) -> UUID:
    """The same for ever: views and links outlive a rematch."""
    return uuid5(_MATCHES, f"{job_id}/{candidate_id}")


class TermEvidence(Struct, frozen=True, kw_only=True):
    """A term of the job that the candidate meets."""

    term: str
    is_required: bool = True
    how: How = "exact"
    worth: float = 1.0
    """0 to 1: how well it is met."""
    known_as: str | None = None
    """What it is met by, in the vocabulary's words, such as PostgreSQL for SQL."""
    experience: int | None = None
    """Which of the profile's experience shows it; None for a bare list."""


class Match(Struct, frozen=True, kw_only=True):
    """Scores are 0 to 100 with one decimal. ``version`` grows with every change of the pair, its removal
    included; a projection keeps the newest."""

    job_id: UUID
    candidate_id: UUID
    version: int
    job_version: int
    candidate_version: int
    score: float
    skill_score: float
    experience_score: float
    education_score: float
    location_score: float
    met: tuple[TermEvidence, ...] = ()
    """The best first."""
    missing: tuple[str, ...] = ()
    """The job's terms without evidence, the required first."""
    relevant_years: float = 0.0
    best_experience: int | None = None
    """Which of the profile's experience is most like the job."""
    seniority: Seniority = "fitting"
    education_held: EducationLevel = "none"
    nearness: Nearness = "unknown"
    caps: tuple[Cap, ...] = ()
    is_pinned: bool = False
    """Submitted to the job, and so kept whatever its score."""
    created_at: datetime

    @property
    def match_id(self) -> UUID:
        return match_id_of(self.job_id, self.candidate_id)


class RemovedMatch(Struct, frozen=True, kw_only=True):
    job_id: UUID
    candidate_id: UUID
    version: int
    removed_at: datetime


class MatchingRun(Struct, frozen=True, kw_only=True):
    """One job against all candidates, or one candidate against all open jobs. ``version`` grows with every
    word of it."""

    run_id: UUID
    version: int
    about: Literal["job", "candidate"]
    about_id: UUID
    requested_by: UUID | None = None
    """None for what the system did by itself."""
    status: Literal["queued", "running", "completed", "failed"]
    to_compare: int | None = None
    """Pairs to look at in all; None until they are counted."""
    compared: int = 0
    """Pairs that were looked at so far."""
    kept: int = 0
    """Matches that came of it."""
    requested_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None
