"""Rows of the read models as the projections leave them, for tests of what reads them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec

from hotgigs.chassis.database import Connection
from hotgigs.contracts.candidate_state import CandidateProfile
from hotgigs.contracts.resume_state import MASTER_DATABASE_ID
from hotgigs.gateway.candidates.search_terms import document, find_key, name_key, searchable

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ADA = CandidateProfile(
    full_name="Ada Example",
    email="ada@mail.example",
    phone="+442079460123",
    location="London",
    title="Engineer",
    top_skills=("Python", "SQL"),
    total_experience_years=5.5,
)
_VECTOR = (
    "SELECT setweight(to_tsvector('english', $1), 'A') || setweight(to_tsvector('english', $2), 'B')"
    " || to_tsvector('english', $3) || array_to_tsvector($4)"
)


async def insert(connection: Connection, table: str, row: Mapping[str, Any]) -> None:
    columns = ", ".join(row)
    places = ", ".join(f"${at}" for at in range(1, len(row) + 1))
    await connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", *row.values())


async def add_candidate(
    connection: Connection,
    *,
    database_id: UUID = MASTER_DATABASE_ID,
    candidate_id: UUID | None = None,
    survivor_id: UUID | None = None,
    profile: CandidateProfile = ADA,
    tags: Sequence[str] = (),
    **columns: Any,
) -> UUID:
    """Without ``survivor_id`` it stands, and its own database has an entry of it."""
    candidate_id = candidate_id or uuid4()
    row = {
        "candidate_id": candidate_id,
        "version": 1,
        "database_id": database_id,
        "source": "resume_import",
        "added_at": NOW,
        "updated_at": NOW,
        "survivor_id": survivor_id or candidate_id,
        "merged_ids": [],
        "resume_ids": [],
        "profile": msgspec.to_builtins(profile),
        "edited": [],
        "email_key": profile.email,
        "phone_key": profile.phone,
        "name_key": name_key(profile),
    } | columns
    await insert(connection, "candidates", row)
    if survivor_id is None:
        own = {"user_id": row.get("user_id"), "source": row["source"], "added_at": row["added_at"]}
        await add_entry(connection, candidate_id, database_id=database_id, profile=profile, tags=tags, **own)
    return candidate_id


async def add_entry(
    connection: Connection,
    candidate_id: UUID,
    *,
    database_id: UUID,
    profile: CandidateProfile = ADA,
    tags: Sequence[str] = (),
    **columns: Any,
) -> None:
    """As the candidate's own database has it, unless ``columns`` say else."""
    source = columns.get("source", "resume_import")
    terms = document(searchable(profile), database_id=database_id, tags=tags, source=source)
    row = {
        "database_id": database_id,
        "candidate_id": candidate_id,
        "is_own": True,
        "can_view_contact_info": True,
        "can_download_resume": True,
        "can_submit_to_jobs": True,
        "source": "resume_import",
        "added_at": NOW,
        "full_name": profile.full_name,
        "name_key": name_key(profile),
        "email": profile.email,
        "title": profile.title,
        "location": profile.location,
        "years": profile.total_experience_years,
        "top_skills": list(profile.top_skills),
        "tags": list(tags),
        "find_key": find_key(profile),
        "search": await connection.fetchval(_VECTOR, terms.a, terms.b, terms.d, list(terms.lexemes)),
        "profile": None if columns.get("can_view_contact_info", True) else msgspec.to_builtins(profile),
    } | columns
    await insert(connection, "entries", row)


async def share(connection: Connection, candidate_id: UUID, recruiter_id: UUID, **columns: Any) -> None:
    """A recruiter's entry of a candidate that is another's; with the contact hidden it has ``profile``."""
    shared: dict[str, Any] = {"is_own": False, "source": "admin_share"}
    await add_entry(connection, candidate_id, database_id=recruiter_id, **(shared | columns))


async def add_note(connection: Connection, candidate_id: UUID, *, author: UUID, **columns: Any) -> UUID:
    note_id = uuid4()
    row = {
        "note_id": note_id,
        "candidate_id": candidate_id,
        "database_id": MASTER_DATABASE_ID,
        "author_user_id": author,
        "title": "A note",
        "content": "Good.",
        "is_private": False,
        "is_important": False,
        "created_at": NOW,
    }
    await insert(connection, "notes", row | columns)
    return note_id


async def add_access(connection: Connection, candidate_id: UUID, recruiter_id: UUID, **columns: Any) -> None:
    """What `share` is the entry of."""
    row = {
        "candidate_id": candidate_id,
        "recruiter_id": recruiter_id,
        "database_id": MASTER_DATABASE_ID,
        "version": 1,
        "is_revoked": False,
        "can_view_contact_info": True,
        "can_download_resume": True,
        "can_submit_to_jobs": True,
        "granted_by": uuid4(),
        "granted_at": NOW,
    }
    await insert(connection, "access", row | columns)


async def add_resume(connection: Connection, *, owner: UUID, **columns: Any) -> UUID:
    """One that its candidate, if it names one, has too."""
    resume_id = columns.get("resume_id") or uuid4()
    row = {
        "resume_id": resume_id,
        "version": 1,
        "attempt": 1,
        "owner_user_id": owner,
        "database_id": owner,
        "source": "resume_import",
        "filename": "cv.pdf",
        "status": "completed",
        "received_at": NOW,
    }
    await insert(connection, "resumes", row | columns)
    await connection.execute(
        "UPDATE candidates SET resume_ids = array_append(resume_ids, $2)"
        " WHERE candidate_id = $1 AND NOT $2 = ANY (resume_ids)",
        columns.get("candidate_id"),
        resume_id,
    )
    return resume_id


async def add_activity(connection: Connection, candidate_id: UUID, kind: str, **columns: Any) -> UUID:
    activity_id = uuid4()
    row = {
        "activity_id": activity_id,
        "candidate_id": candidate_id,
        "database_id": MASTER_DATABASE_ID,
        "kind": kind,
        "at": NOW,
        "is_private": False,
        "fields": [],
        "tags": [],
    }
    await insert(connection, "activities", row | columns)
    return activity_id
