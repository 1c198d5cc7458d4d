"""What is answered of one candidate, made of a row of `detail.store`; pure."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from hotgigs.contracts.candidate_state import CandidateProfile
from hotgigs.contracts.resume_data import Certification, Education, Experience, Language
from hotgigs.gateway.detail.skill_years import skill_years
from hotgigs.gateway.status import Row

Redact = Callable[[str], str]


class ShownSkill(Struct, kw_only=True):
    """``years`` are those of the jobs that name it, null where none does; ``canonical`` is the usual name."""

    name: str
    canonical: str | None
    category: str | None
    proficiency: str | None
    years: float | None


class ShownNote(Struct, kw_only=True):
    id: UUID
    title: str
    content: str
    is_important: bool
    is_private: bool
    author_user_id: UUID
    created_at: datetime


class ShownResume(Struct, kw_only=True):
    """``filename`` is null where contact is hidden."""

    resume_id: UUID
    filename: str | None
    status: str
    received_at: datetime
    is_leading: bool
    """It is what the profile was made of, and what ``resume_url`` leads to."""


class Permissions(Struct, kw_only=True):
    can_view_contact_info: bool
    can_download_resume: bool
    can_submit_to_jobs: bool
    can_edit: bool
    """And merge, and erase."""


class ShareWithCaller(Struct, kw_only=True):
    """Why and when it was shared with the caller."""

    reason: str | None
    notes: str | None
    at: datetime | None


class CandidateDetail(Struct, kw_only=True):
    """``email`` and ``phone`` are null where contact is hidden. ``edited`` are the names of the fields that
    were edited by hand; a resume that comes in does not change them. Of notes and resumes there are 200 at
    most, the newest."""

    candidate_id: UUID
    user_id: UUID | None
    full_name: str | None
    email: str | None
    phone: str | None
    title: str | None
    location: str | None
    bio: str | None
    years_of_experience: float
    current_company: str | None
    current_position: str | None
    professional_summary: str | None
    skills: list[ShownSkill]
    top_skills: tuple[str, ...]
    experience: tuple[Experience, ...]
    education: tuple[Education, ...]
    certifications: tuple[Certification, ...]
    languages: tuple[Language, ...]
    resume_url: str | None
    """Null where the caller may not download it."""
    resumes: list[ShownResume]
    added_at: datetime
    last_viewed_at: datetime | None
    source: str
    tags: list[str]
    notes: list[ShownNote]
    edited: list[str]
    permissions: Permissions
    shared: ShareWithCaller | None
    possible_duplicates: list[UUID]
    """Others of the same database with the same mail address, or the same phone and name."""
    merged_ids: list[UUID]
    """Candidates that were merged into this one."""


def detail_of(row: Row, *, viewer_id: UUID, base_url: str, today: date, redact: Redact) -> CandidateDetail:
    """``base_url`` is the server's, without a slash at its end. ``redact`` hides the contact in texts of
    others, where it is to be hidden."""
    profile = msgspec.convert(row["profile"], CandidateProfile)
    leading = row["resume_ids"][0] if row["resume_ids"] else None
    sees_contact = row["can_view_contact_info"]
    return CandidateDetail(
        candidate_id=row["candidate_id"],
        user_id=row["user_id"],
        full_name=profile.full_name,
        email=profile.email if sees_contact else None,
        phone=profile.phone if sees_contact else None,
        title=profile.title,
        location=profile.location,
        bio=profile.summary,
        years_of_experience=profile.total_experience_years,
        current_company=profile.current_company,
        current_position=profile.title,
        professional_summary=profile.ai_summary or profile.summary,
        skills=_skills(profile, today),
        top_skills=profile.top_skills,
        experience=profile.experience,
        education=profile.education,
        certifications=profile.certifications,
        languages=profile.languages,
        resume_url=f"{base_url}/api/resumes/{leading}/download"
        if leading and row["can_download_resume"]
        else None,
        resumes=[_resume(each, leading, sees_contact=sees_contact) for each in row["resumes"] or ()],
        added_at=row["added_at"],
        last_viewed_at=row["last_viewed_at"],
        source=row["source"],
        tags=row["tags"],
        notes=[_note(each, viewer_id, redact) for each in row["notes"] or ()],
        edited=row["edited"],
        permissions=Permissions(
            can_view_contact_info=sees_contact,
            can_download_resume=row["can_download_resume"],
            can_submit_to_jobs=row["can_submit_to_jobs"],
            can_edit=row["is_own"],
        ),
        shared=_shared(row["shared"], redact),
        possible_duplicates=row["possible_duplicates"],
        merged_ids=row["merged_ids"],
    )


def _skills(profile: CandidateProfile, today: date) -> list[ShownSkill]:
    years = skill_years(profile.skills, profile.experience, today)
    return [
        ShownSkill(
            name=skill.name,
            canonical=skill.canonical,
            category=skill.category,
            proficiency=skill.proficiency,
            years=used,
        )
        for skill, used in zip(profile.skills, years, strict=True)
    ]


def _resume(row: Any, leading: UUID | None, *, sees_contact: bool) -> ShownResume:
    shown = msgspec.convert(row | {"is_leading": row["resume_id"] == str(leading)}, ShownResume)
    return shown if sees_contact else msgspec.structs.replace(shown, filename=None)


def _note(row: Any, viewer_id: UUID, redact: Redact) -> ShownNote:
    note = msgspec.convert(row, ShownNote)
    if note.author_user_id != viewer_id:
        note.title, note.content = redact(note.title), redact(note.content)
    return note


def _shared(row: Any, redact: Redact) -> ShareWithCaller | None:
    if row is None:
        return None
    shared = msgspec.convert(row, ShareWithCaller)
    shared.reason = None if shared.reason is None else redact(shared.reason)
    shared.notes = None if shared.notes is None else redact(shared.notes)
    return shared
