"""Queries for submissions and consents. None commits."""

from uuid import UUID

from asyncpg import Record

from hotgigs.chassis.database import Connection
from hotgigs.gateway.accounts.principal import Principal, Role
from hotgigs.gateway.visibility import WHOSE

COUNTED = 10_000
"""To which submissions are counted."""

_INVOLVED: dict[Role, str] = {
    "admin": "true",
    "recruiter": "(s.job_owner_id = $2 OR s.submitted_by = $2)",
    "candidate": "s.submitted_by = $2",
}
# Whoever does not see the candidate any more sees nothing that was said of it, either.
_READABLE = {
    role: f"""
        FROM submissions AS s JOIN candidates AS asked ON asked.candidate_id = s.candidate_id
        JOIN entries ON entries.candidate_id = asked.survivor_id
        WHERE s.job_id = $1 AND {_INVOLVED[role]} AND {WHOSE[role]}
    """
    for role in WHOSE
}
_SHOWN = """
    SELECT s.submission_id, s.job_id, entries.candidate_id, s.submitted_by, s.note, s.submitted_at,
        s.candidate_id AS submitted_candidate_id, entries.can_view_contact_info
"""


async def page(
    connection: Connection, principal: Principal, job_id: UUID, *, skip: int, limit: int
) -> list[Record]:
    """The newest first, of those that ``principal`` may read, with the candidate that stands for the one that
    was submitted."""
    return await connection.fetch(
        f"{_SHOWN} {_READABLE[principal.role]} ORDER BY s.submitted_at DESC, s.submission_id DESC"
        " LIMIT $3 OFFSET $4",
        job_id,
        principal.user_id,
        limit,
        skip,
    )


async def count(connection: Connection, principal: Principal, job_id: UUID) -> int:
    """Up to one more than `COUNTED`."""
    return int(
        await connection.fetchval(
            f"SELECT count(*) FROM (SELECT {_READABLE[principal.role]} LIMIT $3) AS readable",  # noqa: S608
            job_id,
            principal.user_id,
            COUNTED + 1,
        )
    )


async def submission(
    connection: Connection, principal: Principal, job_id: UUID, submission_id: UUID
) -> Record | None:
    """As in `page`; None where ``principal`` may not read it."""
    return await connection.fetchrow(
        f"{_SHOWN} {_READABLE[principal.role]} AND s.submission_id = $3",
        job_id,
        principal.user_id,
        submission_id,
    )


async def can_be_found(connection: Connection, candidate_id: UUID) -> bool:
    """By their own word."""
    return bool(
        await connection.fetchval("SELECT can_be_found FROM consents WHERE candidate_id = $1", candidate_id)
    )
