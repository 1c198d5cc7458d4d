"""The public state of one candidate, and of what belongs to it, as ingest tells them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.resume_data import Certification, Education, Experience, Language, Skill
from hotgigs.contracts.resume_state import Source


class CandidateProfile(Struct, frozen=True, kw_only=True):
    """What is known of a person: the leading resume's data, and over it what was edited by hand.

    ``title`` and ``current_company`` are those of the current job, or of the last one.
    """

    full_name: str | None = None
    email: str | None = None
    phone: str | None = None
    location: str | None = None
    title: str | None = None
    current_company: str | None = None
    summary: str | None = None
    ai_summary: str | None = None
    experience: tuple[Experience, ...] = ()
    education: tuple[Education, ...] = ()
    skills: tuple[Skill, ...] = ()
    top_skills: tuple[str, ...] = ()
    certifications: tuple[Certification, ...] = ()
    languages: tuple[Language, ...] = ()
    total_experience_years: float = 0.0


class CandidateState(Struct, frozen=True, kw_only=True):
    """``version`` grows with every change; a projection keeps the newest."""

    candidate_id: UUID
    version: int
    database_id: UUID
    """The database it was imported into, which it never leaves."""
    user_id: UUID | None = None
    """The account of the person, where the person uploaded the resume."""
    source: Source
    added_at: datetime
    updated_at: datetime
    survivor_id: UUID
    """Itself, or the candidate that it is merged into, in the end."""
    merged_ids: tuple[UUID, ...] = ()
    """The candidates that are merged into this one, directly or by way of others."""
    resume_ids: tuple[UUID, ...] = ()
    """Of this one and of those merged into it; the leading one (the newest that is completed) first, then
    the newest first."""
    profile: CandidateProfile
    edited: tuple[str, ...] = ()
    """The fields of ``profile`` that were edited by hand."""


class NoteState(Struct, frozen=True, kw_only=True):
    """A note never changes; it is added and removed. A private one is its author's alone."""

    note_id: UUID
    candidate_id: UUID
    database_id: UUID
    """The candidate's."""
    author_user_id: UUID
    title: str
    content: str
    is_private: bool = False
    is_important: bool = False
    created_at: datetime


class TagState(Struct, frozen=True, kw_only=True):
    """One tag of one candidate in one recruiter's database, and whether it is there. ``version`` grows
    with every change of it."""

    tag: str
    version: int
    is_removed: bool = False


class AccessGrant(Struct, frozen=True, kw_only=True):
    """A candidate that a recruiter may see though it is another's: shared by an admin, submitted to a job of
    his, or both. ``version`` grows with every change, a revocation included."""

    candidate_id: UUID
    database_id: UUID
    """The candidate's."""
    recruiter_id: UUID
    version: int
    can_view_contact_info: bool
    can_download_resume: bool
    can_submit_to_jobs: bool
    share_reason: str | None = None
    share_notes: str | None = None
    granted_by: UUID
    granted_at: datetime


ActivityKindV1 = Literal[
    "viewed",
    "downloaded",
    "exported",
    "note_added",
    "note_removed",
    "tags_added",
    "tags_removed",
    "edited",
    "merged",
    "merge_undone",
    "shared",
    "share_changed",
    "unshared",
    "resume_added",
    "resume_erased",
    "erased",
]


class ActivityV1(Struct, frozen=True, kw_only=True):
    """An `Activity` before there were submissions."""

    activity_id: UUID
    candidate_id: UUID
    database_id: UUID
    kind: ActivityKindV1
    actor: Actor | None = None
    at: datetime
    resume_id: UUID | None = None
    note_id: UUID | None = None
    is_private: bool = False
    recruiter_id: UUID | None = None
    other_candidate_id: UUID | None = None
    fields: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


ActivityKind = Literal[
    "viewed",
    "downloaded",
    "exported",
    "note_added",
    "note_removed",
    "tags_added",
    "tags_removed",
    "edited",
    "merged",
    "merge_undone",
    "shared",
    "share_changed",
    "unshared",
    "resume_added",
    "resume_erased",
    "erased",
    "submitted",
    "submission_withdrawn",
]


class Activity(Struct, frozen=True, kw_only=True):
    """Something that was done with a candidate. It has no personal data of the candidate."""

    activity_id: UUID
    candidate_id: UUID
    database_id: UUID
    """The candidate's."""
    kind: ActivityKind
    actor: Actor | None = None
    """None for what the system did by itself."""
    at: datetime
    resume_id: UUID | None = None
    note_id: UUID | None = None
    is_private: bool = False
    """For the actor alone, as a private note is."""
    recruiter_id: UUID | None = None
    """Whom it was shared with, or whose the job is that it was submitted to."""
    job_id: UUID | None = None
    """Which it was submitted to."""
    other_candidate_id: UUID | None = None
    """What it was merged with."""
    fields: tuple[str, ...] = ()
    """The names of what was edited."""
    tags: tuple[str, ...] = ()


class Erasure(Struct, frozen=True, kw_only=True):
    """``candidate_ids`` are empty where only resumes are erased. ``related_ids`` are of what was made for
    them (batches, notes), by which other records of theirs are found."""

    erasure_id: UUID
    """The command's id."""
    database_id: UUID
    candidate_ids: tuple[UUID, ...] = ()
    resume_ids: tuple[UUID, ...] = ()
    related_ids: tuple[UUID, ...] = ()
    actor: Actor
    at: datetime
