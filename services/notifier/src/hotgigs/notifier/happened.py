"""What webhooks are told of, without anything personal; pure."""

from datetime import datetime
from uuid import UUID, uuid5

from msgspec import Struct

from hotgigs.contracts.resume_state import Source
from hotgigs.contracts.webhook_events import WebhookEvent

_EVENTS = UUID("0c2f4b52-6c1f-5d27-8f5b-0a4f8f1f6d3e")


class ResumeFacts(Struct, frozen=True, kw_only=True, tag="resume"):
    """Of ``resume.processing.completed`` and ``.failed``."""

    owner_user_id: UUID
    database_id: UUID
    source: Source
    batch_id: UUID | None = None
    error_message: str | None = None


class AddedFacts(Struct, frozen=True, kw_only=True, tag="added"):
    """Of ``candidate.added``: what else is told of the candidate is as it is when it is told."""


class ShareFacts(Struct, frozen=True, kw_only=True, tag="share"):
    """Of ``candidate.shared``."""

    recruiter_id: UUID
    share_version: int
    can_download_resume: bool
    can_submit_to_jobs: bool


class MatchFacts(Struct, frozen=True, kw_only=True, tag="match"):
    """Of ``match.created``."""

    score: float
    skill_score: float
    experience_score: float
    education_score: float
    location_score: float
    matching_skills: tuple[str, ...] = ()
    missing_skills: tuple[str, ...] = ()


Facts = ResumeFacts | AddedFacts | ShareFacts | MatchFacts


class Happened(Struct, frozen=True, kw_only=True):
    """A row of `events`. It can be told when ``candidate_version`` of the candidate and ``job_version`` of
    the job, or newer ones, are known."""

    event_id: UUID
    event: WebhookEvent
    version: int
    occurred_at: datetime
    candidate_id: UUID | None = None
    resume_id: UUID | None = None
    job_id: UUID | None = None
    candidate_version: int = 0
    job_version: int = 0
    facts: Facts


def event_id_of(event: WebhookEvent, *about: UUID | int) -> UUID:
    """The same for ever of what happened once, however often it is heard."""
    return uuid5(_EVENTS, f"{event} of {'/'.join(map(str, about))}")


def delivery_id_of(webhook_id: UUID, event_id: UUID) -> UUID:
    """Of a delivery of one event: what is made again after a loss has the id that its receiver knows."""
    return uuid5(event_id, str(webhook_id))
