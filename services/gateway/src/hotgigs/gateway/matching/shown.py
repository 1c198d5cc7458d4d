"""A match as it is answered; pure."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from hotgigs.contracts.job_state import JobPosting
from hotgigs.contracts.match_state import Match
from hotgigs.gateway.matching.evidence import Evidence, evidence_of
from hotgigs.gateway.matching.explanation import Position, explanation
from hotgigs.gateway.status import Row


class ShownMatch(Struct, kw_only=True):
    """Scores are 0 to 100. `match_explanation` is two sentences: what speaks for the match, and what against.
    `matching_skills` and `missing_skills` are what the job asks for, in its own words. `viewed_by_recruiter`
    says for recruiters whether they have marked it as viewed, for others whether the job's owner has."""

    match_id: UUID
    candidate_id: UUID
    candidate_name: str | None
    candidate_title: str | None
    candidate_location: str | None
    job_id: UUID
    job_title: str
    company_name: str | None
    match_score: float
    skill_match_score: float
    experience_match_score: float
    education_match_score: float
    location_match_score: float
    match_explanation: str
    matching_skills: list[str]
    missing_skills: list[str]
    viewed_by_recruiter: bool
    created_at: datetime


class PreviewedMatch(Struct, kw_only=True):
    """As a match of a job, of which nothing is kept."""

    candidate_id: UUID
    candidate_name: str | None
    candidate_title: str | None
    candidate_location: str | None
    job_title: str
    company_name: str | None
    match_score: float
    skill_match_score: float
    experience_match_score: float
    education_match_score: float
    location_match_score: float
    match_explanation: str
    matching_skills: list[str]
    missing_skills: list[str]
    created_at: datetime


def shown_match(row: Row, *, today: date) -> ShownMatch:
    """Of a row of `lists.Page`."""
    posting = msgspec.convert(row["posting"], JobPosting)
    evidence = msgspec.convert(row["evidence"], Evidence)
    scores = {name: row[name] for name in _SCORES}
    positions = row["positions"]
    return ShownMatch(
        match_id=row["match_id"],
        job_id=row["job_id"],
        viewed_by_recruiter=row["is_viewed"],
        created_at=row["created_at"],
        **_of_candidate(row),
        **_of_pair(scores, evidence, posting, positions, today),
    )


def previewed_match(match: Match, posting: JobPosting, row: Row, *, today: date) -> PreviewedMatch:
    """``row`` is one of `lists.shown_candidates`."""
    scores = {name: getattr(match, name) for name in _SCORES}
    positions = row["positions"] if row["candidate_version"] == match.candidate_version else None
    return PreviewedMatch(
        created_at=match.created_at,
        **_of_candidate(row),
        **_of_pair(scores, evidence_of(match), posting, positions, today),
    )


_SCORES = ("score", "skill_score", "experience_score", "education_score", "location_score")


def _of_candidate(row: Row) -> dict[str, Any]:
    return {
        "candidate_id": row["candidate_id"],
        "candidate_name": row["full_name"],
        "candidate_title": row["title"],
        "candidate_location": row["location"],
    }


def _of_pair(
    scores: Mapping[str, float], evidence: Evidence, posting: JobPosting, positions: object, today: date
) -> dict[str, Any]:
    known = msgspec.convert(positions or [], list[Position])
    return {
        "job_title": posting.title,
        "company_name": posting.company_name,
        "match_score": scores["score"],
        "skill_match_score": scores["skill_score"],
        "experience_match_score": scores["experience_score"],
        "education_match_score": scores["education_score"],
        "location_match_score": scores["location_score"],
        "match_explanation": explanation(scores["score"], evidence, posting, known, today=today),
        "matching_skills": [each.term for each in evidence.met],
        "missing_skills": [*evidence.missing],
    }
