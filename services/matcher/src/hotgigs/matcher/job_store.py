"""The queries of jobs. None commits."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from asyncpg import Record

from hotgigs.chassis.database import Connection
from hotgigs.chassis.tables import CHANGED_SINCE
from hotgigs.contracts.job_state import JobState, MatchWeights

_COLUMNS = ", ".join(JobState.__struct_fields__)


async def add(connection: Connection, job: JobState) -> bool:
    """False for one that is there already, or was deleted."""
    status = await connection.execute(
        f"INSERT INTO jobs ({_COLUMNS}) SELECT {_COLUMNS} FROM jsonb_populate_record(NULL::jobs, $1)"  # noqa: S608
        f" WHERE NOT EXISTS (SELECT FROM deleted_jobs d WHERE d.job_id = $2) ON CONFLICT DO NOTHING",
        msgspec.to_builtins(job),
        job.job_id,
    )
    return bool(status == "INSERT 0 1")


async def change(connection: Connection, job: JobState) -> None:
    await connection.execute(
        "UPDATE jobs SET version = $2, posting = $3, status = $4, matches_since = $5, updated_at = $6"
        " WHERE job_id = $1",
        job.job_id,
        job.version,
        job.posting,
        job.status,
        job.matches_since,
        job.updated_at,
    )


_FIND = f"SELECT {_COLUMNS} FROM jobs WHERE job_id = $1"  # noqa: S608 - the column names are our own
_FIND_TO_CHANGE = f"{_FIND} FOR NO KEY UPDATE"


async def find(connection: Connection, job_id: UUID, *, for_change: bool = False) -> JobState | None:
    """With ``for_change``, nobody else changes the job or its matches before the transaction ends."""
    row = await connection.fetchrow(_FIND_TO_CHANGE if for_change else _FIND, job_id)
    return None if row is None else _job(row)


async def lock(connection: Connection, job_ids: Collection[UUID]) -> dict[UUID, int]:
    """The versions of those that are open. Nobody else changes them or their matches before the transaction
    ends."""
    rows = await connection.fetch(
        "SELECT job_id, version, status FROM jobs WHERE job_id = ANY($1) ORDER BY job_id FOR NO KEY UPDATE",
        list(job_ids),
    )
    return {row["job_id"]: row["version"] for row in rows if row["status"] == "open"}


async def weights_of(connection: Connection, job_ids: Collection[UUID]) -> dict[UUID, MatchWeights]:
    """Of those that have their own."""
    rows = await connection.fetch(
        "SELECT job_id, posting -> 'weights' AS weights FROM jobs"
        " WHERE job_id = ANY($1) AND posting -> 'weights' <> 'null'",
        list(job_ids),
    )
    return {row["job_id"]: msgspec.convert(row["weights"], MatchWeights) for row in rows}


async def delete(connection: Connection, job_id: UUID) -> None:
    """With all that is about it, and for good. The caller has locked it."""
    await connection.execute("INSERT INTO deleted_jobs (job_id) VALUES ($1)", job_id)
    await connection.execute("DELETE FROM submissions WHERE job_id = $1", job_id)
    await connection.execute("DELETE FROM runs WHERE about = 'job' AND about_id = $1", job_id)
    await connection.execute("DELETE FROM jobs WHERE job_id = $1", job_id)


async def retire(connection: Connection, job_id: UUID) -> None:
    """It is matched no longer. The caller has locked it."""
    for statement in _OF_AN_OPEN_JOB:
        await connection.execute(statement, job_id)


_OF_AN_OPEN_JOB = tuple(
    f"DELETE FROM {table} WHERE job_id = $1"  # noqa: S608 - the names are our own
    for table in (
        "matches",
        "removed_matches",
        "shortlists",
        "cut_shortlists",
        "job_features",
        "job_vectors",
        "job_skills",
    )
)


async def put_matched(
    connection: Connection, job_id: UUID, *, at: datetime, on: date, scored_by: str
) -> None:
    await connection.execute(
        "UPDATE jobs SET matched_at = $2, matched_on = $3, matched_by = $4 WHERE job_id = $1",
        job_id,
        at,
        on,
        scored_by,
    )


async def is_up_to_date(connection: Connection, job_id: UUID, *, on: date, scored_by: str) -> bool:
    """Whether neither the job nor any candidate has changed since it was matched by this scorer."""
    return bool(
        await connection.fetchval(
            "SELECT j.matched_on = $2 AND j.matched_by = $3 AND j.updated_at < j.matched_at AND NOT EXISTS"
            "  (SELECT FROM candidates c WHERE c.changed_at >= j.matched_at)"
            " FROM jobs j WHERE j.job_id = $1",
            job_id,
            on,
            scored_by,
        )
    )


async def jobs_changed(connection: Connection, since: int, *, after: UUID, limit: int) -> list[JobState]:
    """A page in the order of their ids, of those that transaction ``since`` or a later one changed last."""
    rows = await connection.fetch(
        f"SELECT {_COLUMNS} FROM jobs WHERE {CHANGED_SINCE} AND job_id > $2 ORDER BY job_id LIMIT $3",  # noqa: S608
        since,
        after,
        limit,
    )
    return [_job(row) for row in rows]


async def jobs_deleted(connection: Connection, since: int, *, after: UUID, limit: int) -> list[UUID]:
    """As `jobs_changed`."""
    rows = await connection.fetch(
        f"SELECT job_id FROM deleted_jobs WHERE {CHANGED_SINCE} AND job_id > $2 ORDER BY job_id LIMIT $3",  # noqa: S608
        since,
        after,
        limit,
    )
    return [row["job_id"] for row in rows]


def _job(row: Record) -> JobState:
    fields: dict[str, Any] = dict(row)
    return msgspec.convert(fields, JobState)
