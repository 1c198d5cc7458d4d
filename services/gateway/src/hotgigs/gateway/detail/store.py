"""Queries for one candidate. None commits."""

from uuid import UUID

import msgspec
from asyncpg import Record

from hotgigs.chassis.database import Connection
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.gateway import store
from hotgigs.gateway.accounts.principal import Principal, Role
from hotgigs.gateway.visibility import WHOSE

MOST = 200
"""Notes, and resumes, of one candidate that are shown at once, the newest."""
MOST_DUPLICATES = 10

# What is the recruiters' business, and not the person's own, who sees none of it.
_FOR_RECRUITERS = f"""
    tags, views.last_viewed_at,
    (
        SELECT jsonb_agg(note) FROM (
            SELECT note_id AS id, title, content, is_important, is_private, author_user_id, created_at
            FROM notes WHERE candidate_id = ANY(it.merged_ids || it.candidate_id)
              AND (NOT is_private OR author_user_id = $2)
            ORDER BY created_at DESC, note_id DESC LIMIT $4
        ) AS note
    ) AS notes,
    (
        SELECT jsonb_build_object('reason', share_reason, 'notes', share_notes, 'at', granted_at)
        FROM access WHERE candidate_id = ANY(it.merged_ids || it.candidate_id) AND recruiter_id = $2
          AND NOT is_revoked AND NOT entries.is_own
        ORDER BY granted_at DESC, candidate_id DESC LIMIT 1
    ) AS shared,
    ARRAY(
        SELECT other.candidate_id FROM candidates AS other
        WHERE entries.is_own AND other.database_id = it.database_id AND other.survivor_id = other.candidate_id
          AND other.candidate_id <> it.candidate_id AND other.email_key = it.email_key
        UNION
        SELECT other.candidate_id FROM candidates AS other
        WHERE entries.is_own AND other.database_id = it.database_id AND other.survivor_id = other.candidate_id
          AND other.candidate_id <> it.candidate_id
          AND other.phone_key = it.phone_key AND other.name_key = it.name_key
        LIMIT {MOST_DUPLICATES}
    ) AS possible_duplicates
"""  # noqa: S608 - a number of our own
_FOR_THE_PERSON = """
    '{}'::text[] AS tags, NULL::timestamptz AS last_viewed_at, NULL::jsonb AS notes, NULL::jsonb AS shared,
    '{}'::uuid[] AS possible_duplicates
"""


def _statement(role: Role) -> str:
    return f"""
        SELECT it.candidate_id, it.database_id, it.user_id, it.merged_ids, it.resume_ids, it.edited,
            coalesce(entries.profile, it.profile) AS profile,
            entries.is_own, entries.source, entries.added_at,
            can_view_contact_info, can_download_resume, can_submit_to_jobs,
            (
                SELECT jsonb_agg(resume) FROM (
                    SELECT resume_id, filename, status, received_at FROM resumes
                    WHERE resume_id = ANY(it.resume_ids)
                    ORDER BY array_position(it.resume_ids, resume_id) LIMIT $4
                ) AS resume
            ) AS resumes,
            {_FOR_THE_PERSON if role == "candidate" else _FOR_RECRUITERS}
        FROM candidates AS asked
        JOIN candidates AS it ON it.candidate_id = asked.survivor_id
        JOIN entries ON entries.candidate_id = it.candidate_id
        LEFT JOIN views ON views.candidate_id = it.candidate_id AND views.database_id = $3
        WHERE asked.candidate_id = $1 AND {WHOSE[role]}
    """  # noqa: S608 - our own


_STATEMENTS: dict[Role, str] = {role: _statement(role) for role in WHOSE}


async def candidate(
    connection: Connection, principal: Principal, candidate_id: UUID, *, most: int = MOST
) -> Record | None:
    """What there is to show of the one that it was merged into, if it was; None for what ``principal`` is
    not to know of. ``most`` bounds its notes and its resumes. An entry's profile is redacted already, other
    texts are not."""
    return await connection.fetchrow(
        _STATEMENTS[principal.role], candidate_id, principal.user_id, principal.database_id, most
    )


async def parsed_data(connection: Connection, resume_id: UUID) -> ResumeData | None:
    """None for a resume that is not there, or not completed."""
    return msgspec.convert(await store.resume_data(connection, resume_id), ResumeData | None)
