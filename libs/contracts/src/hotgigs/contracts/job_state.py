"""The public state of one job, as its owner, the matcher, tells it."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

EducationLevel = Literal["none", "high_school", "associate", "bachelor", "master", "doctorate"]
JobStatus = Literal["open", "closed"]


class MatchWeights(Struct, frozen=True, kw_only=True):
    """How much each part counts for in a match's score: none negative, and their sum 1."""

    skill: float = 0.45
    experience: float = 0.30
    education: float = 0.15
    location: float = 0.10


class JobPosting(Struct, frozen=True, kw_only=True):
    """What is asked for. Where ``required_skills`` is empty, they are in the ``description``."""

    title: str
    company_name: str | None = None
    location: str | None = None
    remote: bool = False
    description: str = ""
    required_skills: tuple[str, ...] = ()
    preferred_skills: tuple[str, ...] = ()
    min_years: float | None = None
    max_years: float | None = None
    education_level: EducationLevel = "none"
    weights: MatchWeights | None = None
    """None for the system's."""


class JobState(Struct, frozen=True, kw_only=True):
    """``version`` grows with every change; a projection keeps the newest.

    Matches of a version before ``matches_since`` are retired, whenever they are heard of.
    """

    job_id: UUID
    version: int
    owner_user_id: UUID
    database_id: UUID
    """The owner's: a recruiter's own, or the master database."""
    posting: JobPosting
    status: JobStatus = "open"
    matches_since: int = 1
    created_at: datetime
    updated_at: datetime
