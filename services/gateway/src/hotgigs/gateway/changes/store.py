"""Queries for what is looked at before a command is sent, and told after it. None commits."""

from collections.abc import Sequence
from uuid import UUID

from asyncpg import Record

from hotgigs.chassis.database import Connection


async def note_author(
    connection: Connection, note_id: UUID, *, candidate_id: UUID, reader_id: UUID
) -> UUID | None:
    """Who wrote the note of this candidate, or of one merged into it; None where there is none that the
    reader may read."""
    author: UUID | None = await connection.fetchval(
        "SELECT author_user_id FROM notes JOIN candidates USING (candidate_id)"
        " WHERE note_id = $1 AND survivor_id = $2 AND (author_user_id = $3 OR NOT is_private)",
        note_id,
        candidate_id,
        reader_id,
    )
    return author


async def tags(connection: Connection, candidate_id: UUID, *, database_id: UUID) -> list[str]:
    """Those of this candidate, and of those merged into it, in one database, in the order of the alphabet."""
    rows = await connection.fetch(
        "SELECT DISTINCT tag FROM tags JOIN candidates USING (candidate_id)"
        " WHERE survivor_id = $1 AND tagging_database_id = $2 AND NOT is_removed ORDER BY tag",
        candidate_id,
        database_id,
    )
    return [row["tag"] for row in rows]


async def survivors(connection: Connection, candidate_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """The candidate that stands for each of those that are there."""
    rows = await connection.fetch(
        "SELECT candidate_id, survivor_id FROM candidates WHERE candidate_id = ANY($1)", candidate_ids
    )
    return {row["candidate_id"]: row["survivor_id"] for row in rows}


async def recruiters(connection: Connection, user_ids: Sequence[UUID]) -> set[UUID]:
    """Those who are recruiters, and were let in once."""
    rows = await connection.fetch(
        "SELECT user_id FROM users WHERE user_id = ANY($1) AND role = 'recruiter' AND status <> 'pending'",
        user_ids,
    )
    return {row["user_id"] for row in rows}


async def count_shared(
    connection: Connection, candidate_ids: Sequence[UUID], recruiter_ids: Sequence[UUID]
) -> int:
    """How many of the pairs are shared already, or the recruiter's own."""
    count: int = await connection.fetchval(
        "SELECT count(*) FROM entries WHERE candidate_id = ANY($1) AND database_id = ANY($2)",
        candidate_ids,
        recruiter_ids,
    )
    return count


async def is_shared(connection: Connection, candidate_id: UUID, recruiter_id: UUID) -> bool:
    """Whether the candidate, or one merged into it, is shared with the recruiter."""
    return bool(
        await connection.fetchval(
            "SELECT true FROM access JOIN candidates USING (candidate_id)"
            " WHERE survivor_id = $1 AND recruiter_id = $2 AND NOT is_revoked LIMIT 1",
            candidate_id,
            recruiter_id,
        )
    )


async def resume(connection: Connection, resume_id: UUID) -> Record | None:
    """By the word of its owner, ingest."""
    return await connection.fetchrow(
        "SELECT resume_id, version, owner_user_id, database_id, source, candidate_id, status FROM resumes"
        " WHERE resume_id = $1 AND version > 0",
        resume_id,
    )


async def erasure(connection: Connection, erasure_id: UUID) -> Record | None:
    return await connection.fetchrow("SELECT * FROM erasures WHERE erasure_id = $1", erasure_id)


async def confirmations(connection: Connection, erasure_id: UUID) -> list[Record]:
    """Which service has nothing left, and since when."""
    return await connection.fetch(
        "SELECT service, at FROM erasure_confirmations WHERE erasure_id = $1", erasure_id
    )
