"""The queries of files' versions. None commits."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from hotgigs.chassis.database import Connection

_NEAREST = """
    WITH RECURSIVE before AS (
        SELECT replaces_resume_id, NULL::uuid AS candidate_id FROM resumes WHERE resume_id = $1
        UNION
        SELECT r.replaces_resume_id, r.candidate_id
        FROM before JOIN resumes r ON r.resume_id = before.replaces_resume_id
        WHERE before.candidate_id IS NULL AND r.database_id = $2
    ), after AS (
        SELECT $1 AS resume_id, NULL::uuid AS candidate_id, NULL::timestamptz AS received_at
        UNION
        SELECT r.resume_id, r.candidate_id, r.received_at
        FROM after JOIN resumes r ON r.replaces_resume_id = after.resume_id
        WHERE after.candidate_id IS NULL AND r.database_id = $2
    ), versions AS (
        SELECT 0 AS place, candidate_id, NULL::timestamptz AS received_at FROM before
        UNION ALL
        SELECT 1, candidate_id, received_at FROM after
    )
    SELECT candidate_id FROM versions WHERE candidate_id IS NOT NULL ORDER BY place, received_at LIMIT 1
"""
_NOBODY_S = """
    WITH RECURSIVE versions AS (
        SELECT resume_id, replaces_resume_id, database_id
        FROM resumes WHERE candidate_id = ANY($1) OR resume_id = ANY($2)
        UNION
        SELECT r.resume_id, r.replaces_resume_id, r.database_id
        FROM versions v CROSS JOIN LATERAL (
            SELECT * FROM resumes WHERE resume_id = v.replaces_resume_id
            UNION ALL
            SELECT * FROM resumes WHERE replaces_resume_id = v.resume_id
        ) r
        WHERE r.candidate_id IS NULL AND r.database_id = v.database_id
    )
    SELECT resume_id FROM versions
    UNION
    SELECT replaces_resume_id FROM versions v WHERE replaces_resume_id IS NOT NULL
        AND NOT EXISTS (SELECT FROM resumes WHERE resume_id = v.replaces_resume_id)
        AND NOT EXISTS (SELECT FROM tombstones WHERE id = v.replaces_resume_id)
"""


class Neighbours(NamedTuple):
    """When the versions before and after were received, as far as they are there."""

    before: datetime | None
    after: datetime | None


async def neighbours(
    connection: Connection, resume_id: UUID, replaces_resume_id: UUID | None, database_id: UUID
) -> Neighbours:
    row = await connection.fetchrow(
        "SELECT (SELECT received_at FROM resumes WHERE resume_id = $2 AND database_id = $3) AS before, ("
        "  SELECT min(received_at) FROM resumes WHERE replaces_resume_id = $1 AND database_id = $3) AS after",
        resume_id,
        replaces_resume_id,
        database_id,
    )
    assert row is not None
    return Neighbours(**row)


async def put_replaced(connection: Connection, resume_id: UUID, replaces_resume_id: UUID) -> None:
    await connection.execute(
        "UPDATE resumes SET replaces_resume_id = $2 WHERE resume_id = $1", resume_id, replaces_resume_id
    )


async def candidate_of_version(connection: Connection, resume_id: UUID, database_id: UUID) -> UUID | None:
    """The candidate of the nearest version that has one: of those before, else of those after it. Versions
    that have none are passed by."""
    candidate_id: UUID | None = await connection.fetchval(_NEAREST, resume_id, database_id)
    return candidate_id


async def with_versions_of_nobody(
    connection: Connection, candidate_ids: Collection[UUID], resume_ids: Collection[UUID]
) -> list[UUID]:
    """The candidates' resumes and those of ``resume_ids``, with the versions of the same files that have no
    candidate: they could not be read, or have not been yet, or have not even been heard of."""
    rows = await connection.fetch(_NOBODY_S, list(candidate_ids), list(resume_ids))
    return [row["resume_id"] for row in rows]
