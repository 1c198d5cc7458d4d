"""What webhooks tell outside systems: the five events, and the schemas of their data.

A schema of data is for ever: fields are added, never taken away or given another meaning. What would need
that is a new ``schema_version``.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Literal
from uuid import UUID

from msgspec import Struct

from hotgigs.contracts.resume_state import Source

WebhookEvent = Literal[
    "resume.processing.completed",
    "resume.processing.failed",
    "candidate.added",
    "candidate.shared",
    "match.created",
]


class EventData(Struct, frozen=True, kw_only=True):
    """``event_id`` is the same however often, and to however many webhooks, the event is told. ``version`` is
    that of what the event is about as it is told, and grows with each of its changes: of two events about it,
    the one with the greater is the newer."""

    event_id: UUID
    version: int
    schema_version: Literal[1] = 1


class ResumeProcessed(EventData, frozen=True, kw_only=True):
    """A resume was read, and is a candidate's."""

    resume_id: UUID
    candidate_id: UUID
    status: Literal["completed"] = "completed"
    batch_id: UUID | None = None
    """Of the bulk upload that it came with."""
    source: Source


class ResumeProcessingFailed(EventData, frozen=True, kw_only=True):
    """A resume could not be read. `error_message` says why, and what can be done about it."""

    resume_id: UUID
    candidate_id: UUID | None = None
    status: Literal["failed"] = "failed"
    error_message: str | None = None
    batch_id: UUID | None = None
    source: Source


class CandidateAdded(EventData, frozen=True, kw_only=True):
    """A candidate is in a database for the first time; told as they are when the webhook is called."""

    candidate_id: UUID
    full_name: str | None = None
    email: str | None = None
    phone: str | None = None
    title: str | None = None
    location: str | None = None
    total_experience_years: float = 0.0
    top_skills: tuple[str, ...] = ()
    source: Source
    added_at: datetime


class CandidateShared(EventData, frozen=True, kw_only=True):
    """A recruiter may see a candidate of another's, or on other conditions. Where `can_view_contact_info` is
    false, mail addresses and telephone numbers are left out, and hidden in what remains. `share_version`
    grows with each change of this recruiter's permissions."""

    candidate_id: UUID
    recruiter_id: UUID
    share_version: int
    can_view_contact_info: bool
    can_download_resume: bool
    can_submit_to_jobs: bool
    full_name: str | None = None
    email: str | None = None
    phone: str | None = None
    title: str | None = None
    location: str | None = None
    total_experience_years: float = 0.0
    top_skills: tuple[str, ...] = ()
    shared_at: datetime


class MatchCreated(EventData, frozen=True, kw_only=True):
    """A job and a candidate match, for the first time with at least the webhook's `min_score`. Scores are 0
    to 100; `matching_skills` and `missing_skills` are what the job asks for, in its own words."""

    match_id: UUID
    job_id: UUID
    job_title: str
    company_name: str | None = None
    candidate_id: UUID
    candidate_name: str | None = None
    candidate_title: str | None = None
    candidate_location: str | None = None
    match_score: float
    skill_match_score: float
    experience_match_score: float
    education_match_score: float
    location_match_score: float
    matching_skills: tuple[str, ...] = ()
    missing_skills: tuple[str, ...] = ()
    created_at: datetime


class Batch(Struct, frozen=True, kw_only=True):
    """``data`` of a delivery to a webhook that takes `match.created` in batches: 1 to 100 of them."""

    items: tuple[EventData, ...]


class Payload(Struct, frozen=True, kw_only=True):
    """The body of a delivery. ``id`` is that of the header ``webhook-id``, the same over all tries; ``type``
    is the ``event`` once more, under the name that Standard Webhooks gives it. ``timestamp`` is when it
    happened; of a batch, the last of it."""

    id: UUID
    type: WebhookEvent
    event: WebhookEvent
    timestamp: datetime
    data: EventData | Batch


DATA_OF: Mapping[WebhookEvent, type[EventData]] = MappingProxyType(
    {
        "resume.processing.completed": ResumeProcessed,
        "resume.processing.failed": ResumeProcessingFailed,
        "candidate.added": CandidateAdded,
        "candidate.shared": CandidateShared,
        "match.created": MatchCreated,
    }
)

MOST_IN_A_BATCH = 100


def _id(number: int) -> UUID:
    return UUID(int=0x019A0000_0000_7000_8000_000000000000 + number)


_AT = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)

EXAMPLE_OF: Mapping[WebhookEvent, EventData] = MappingProxyType(
    {
        "resume.processing.completed": ResumeProcessed(
            event_id=_id(1), version=2, resume_id=_id(2), candidate_id=_id(3), source="resume_import"
        ),
        "resume.processing.failed": ResumeProcessingFailed(
            event_id=_id(4),
            version=2,
            resume_id=_id(5),
            error_message="The PDF is protected by a password. Remove it and upload the file again.",
            source="bulk_upload",
            batch_id=_id(6),
        ),
        "candidate.added": CandidateAdded(
            event_id=_id(7),
            version=1,
            candidate_id=_id(3),
            full_name="Tobias Ekwall",
            email="tobias.ekwall@example.com",
            phone="+46 31 555 01 23",
            title="Structural Engineer",
            location="Gothenburg, Sweden",
            total_experience_years=11.5,
            top_skills=("Revit", "Eurocode", "Timber"),
            source="resume_import",
            added_at=_AT,
        ),
        "candidate.shared": CandidateShared(
            event_id=_id(8),
            version=4,
            candidate_id=_id(3),
            recruiter_id=_id(9),
            share_version=1,
            can_view_contact_info=False,
            can_download_resume=False,
            can_submit_to_jobs=True,
            full_name="Tobias Ekwall",
            title="Structural Engineer",
            location="Gothenburg, Sweden",
            total_experience_years=11.5,
            top_skills=("Revit", "Eurocode", "Timber"),
            shared_at=_AT,
        ),
        "match.created": MatchCreated(
            event_id=_id(10),
            version=31,
            match_id=_id(11),
            job_id=_id(12),
            job_title="Timber Engineer",
            company_name="Nordic Spans",
            candidate_id=_id(3),
            candidate_name="Tobias Ekwall",
            candidate_title="Structural Engineer",
            candidate_location="Gothenburg, Sweden",
            match_score=86.4,
            skill_match_score=90.0,
            experience_match_score=88.0,
            education_match_score=75.0,
            location_match_score=80.0,
            matching_skills=("Revit", "Eurocode"),
            missing_skills=("Tekla",),
            created_at=_AT,
        ),
    }
)
"""What a test event tells, and what the event types are documented with."""

EXAMPLE_AT = _AT
