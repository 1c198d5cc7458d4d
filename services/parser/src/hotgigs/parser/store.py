"""The parser's queries. None commits; the unit of work does."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from hotgigs.chassis.database import Connection


async def add_parse_job(
    connection: Connection,
    *,
    resume_id: UUID,
    attempt: int,
    outcome: str,
    started_at: datetime,
    finished_at: datetime,
) -> None:
    """Keeps the first outcome of an attempt."""
    await connection.execute(
        "INSERT INTO parse_jobs (resume_id, attempt, outcome, started_at, finished_at)"
        " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        resume_id,
        attempt,
        outcome,
        started_at,
        finished_at,
    )


async def is_erased(connection: Connection, resume_id: UUID) -> bool:
    """If not, it will not be before the transaction ends."""
    await connection.execute(
        "SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 0))", _lock_of(resume_id)
    )
    return bool(await connection.fetchval("SELECT true FROM tombstones WHERE resume_id = $1", resume_id))


async def erase(connection: Connection, resume_ids: Iterable[UUID]) -> None:
    """For good. Waits for those who found that one of them is not erased."""
    ids = sorted(resume_ids)
    for resume_id in ids:
        await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", _lock_of(resume_id))
    await connection.execute(
        "INSERT INTO tombstones (resume_id) SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING", ids
    )
    await connection.execute("DELETE FROM parse_jobs WHERE resume_id = ANY($1)", ids)


def _lock_of(resume_id: UUID) -> str:
    """Named apart from the locks of other services, with which it may share a database."""
    return f"parser {resume_id}"
