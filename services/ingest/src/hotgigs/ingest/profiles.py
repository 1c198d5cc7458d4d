"""What is known of a person: what a resume says, and over it what was edited by hand; pure."""

from collections.abc import Sequence
from typing import Any, get_args

from msgspec import UNSET

from hotgigs.contracts.candidate_state import CandidateProfile
from hotgigs.contracts.profile_edits import EditableField, ProfileEdits
from hotgigs.contracts.resume_data import Experience, ResumeData

EDITABLE: tuple[EditableField, ...] = get_args(EditableField)
MOST_TOP_SKILLS = 5
"""Of those that are taken from skills edited by hand."""


def profile_of(data: ResumeData, edits: ProfileEdits) -> CandidateProfile:
    """``data`` under ``edits``. What is made of a field follows it when it is edited: the title and the
    company of the jobs, the top skills of the skills; a summary that was written replaces one that was
    made."""
    edited: dict[str, Any] = {name: getattr(edits, name) for name in edited_fields(edits)}
    known = {
        name: getattr(data, name)
        for name in CandidateProfile.__struct_fields__
        if name not in ("title", "current_company")
    } | edited
    job = latest_job(known["experience"])
    derived = {"title": job.title if job else None, "current_company": job.company if job else None}
    if "summary" in edited:
        derived["ai_summary"] = None
    if "skills" in edited:
        names = [skill.name for skill in edited["skills"]]
        still_there = tuple(name for name in data.top_skills if name in names)
        known["top_skills"] = still_there or tuple(names[:MOST_TOP_SKILLS])
    return CandidateProfile(**(known | derived | edited))


def latest_job(jobs: Sequence[Experience]) -> Experience | None:
    """The current one that began last, else the one that ended last, else the first."""
    if not jobs:
        return None
    return max(
        jobs, key=lambda job: (job.current, job.end_date or job.start_date or "", job.start_date or "")
    )


def edited_fields(edits: ProfileEdits) -> tuple[str, ...]:
    """In the order in which they are declared."""
    return tuple(name for name in EDITABLE if getattr(edits, name) is not UNSET)


def edited_further(
    edits: ProfileEdits, further: ProfileEdits, reset: Sequence[EditableField] = ()
) -> ProfileEdits:
    """``further`` over ``edits`` without those that are ``reset``."""
    kept = {name: getattr(edits, name) for name in edited_fields(edits) if name not in reset}
    return ProfileEdits(**(kept | {name: getattr(further, name) for name in edited_fields(further)}))


def fields_that_differ(one: ProfileEdits, other: ProfileEdits) -> tuple[str, ...]:
    return tuple(name for name in EDITABLE if getattr(one, name) != getattr(other, name))
