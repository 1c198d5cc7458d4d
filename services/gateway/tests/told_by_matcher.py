"""What the matcher tells of jobs and matches, for tests of what the gateway makes of it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from told import NOW, OWNER, an_id

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.job_state import JobPosting, JobState
from hotgigs.contracts.match_state import Match, MatchingRun, RemovedMatch, TermEvidence
from hotgigs.contracts.matcher.match_viewed import MatchViewedV1
from hotgigs.contracts.matcher.matches_computed import MatchesComputedV1

BACKEND = JobPosting(
    title="Backend Engineer",
    company_name="Tech Startup Inc",
    location="Berlin, Germany",
    description="Python on AWS.",
    required_skills=("Python", "AWS"),
    preferred_skills=("Docker",),
    min_years=5,
    education_level="bachelor",
)


def job(name: str, *, owner: Actor = OWNER, version: int = 1, **changes: Any) -> JobState:
    """Of a posting like `BACKEND`; the greater the version the later it was changed."""
    state = JobState(
        job_id=an_id(name),
        version=version,
        owner_user_id=owner.user_id,
        database_id=owner.database_id,
        posting=BACKEND,
        created_at=NOW,
        updated_at=NOW + timedelta(minutes=version),
    )
    return msgspec.structs.replace(state, **changes)


def match(
    candidate: str | UUID, *, of: str | UUID = "job", version: int = 1, score: float = 92.5, **changes: Any
) -> Match:
    made = Match(
        job_id=an_id(of) if isinstance(of, str) else of,
        candidate_id=an_id(candidate) if isinstance(candidate, str) else candidate,
        version=version,
        job_version=1,
        candidate_version=1,
        score=score,
        skill_score=95.0,
        experience_score=90.0,
        education_score=85.0,
        location_score=100.0,
        met=(TermEvidence(term="Python", experience=0), TermEvidence(term="AWS")),
        missing=("Docker",),
        relevant_years=6.0,
        education_held="master",
        nearness="same_city",
        created_at=NOW,
    )
    return msgspec.structs.replace(made, **changes)


def removed(candidate: str, *, of: str = "job", version: int = 2) -> RemovedMatch:
    return RemovedMatch(
        job_id=an_id(of), candidate_id=an_id(candidate), version=version, removed_at=datetime.now(UTC)
    )


def computed(*told: Match | RemovedMatch) -> MatchesComputedV1:
    """In one message, about the first one's job."""
    return MatchesComputedV1(
        about="job",
        about_id=told[0].job_id,
        matches=tuple(each for each in told if isinstance(each, Match)),
        removed=tuple(each for each in told if isinstance(each, RemovedMatch)),
    )


def viewed(candidate: str, *, of: str = "job", by: Actor = OWNER, minute: int = 0) -> MatchViewedV1:
    return MatchViewedV1(
        job_id=an_id(of),
        candidate_id=an_id(candidate),
        database_id=by.database_id,
        viewed_at=NOW + timedelta(minutes=minute),
    )


def run(name: str, *, version: int = 1, about: str = "job", **changes: Any) -> MatchingRun:
    """About a job, unless ``changes`` say else."""
    state = MatchingRun(
        run_id=an_id(f"run {name}"),
        version=version,
        about="job",
        about_id=an_id(about),
        requested_by=OWNER.user_id,
        status="queued",
        requested_at=NOW,
    )
    return msgspec.structs.replace(state, **changes)
