"""The parser's queries. None commits; the unit of work does."""

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
