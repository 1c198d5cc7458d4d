"""Queries for jobs. None commits."""

from typing import Any
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct

from hotgigs.chassis.database import Connection
from hotgigs.contracts.job_state import JobPosting, JobState, JobStatus
from hotgigs.gateway.accounts.principal import Principal

COUNTED = 10_000
"""To which jobs are counted."""

_COLUMNS = ", ".join(JobState.__struct_fields__)


class Narrowed(Struct, frozen=True, kw_only=True):
    status: JobStatus | None = None
    is_own: bool = False


async def job(connection: Connection, job_id: UUID) -> JobState | None:
    row = await connection.fetchrow(f"SELECT {_COLUMNS} FROM jobs WHERE job_id = $1", job_id)  # noqa: S608 - our own
    return None if row is None else _job(row)


async def page(
    connection: Connection, principal: Principal, narrowed: Narrowed, *, skip: int, limit: int
) -> tuple[list[JobState], int]:
    """The newest first, of those that the caller may know of, and how many there are, counted up to one more
    than `COUNTED`."""
    conditions, args = _conditions(principal, narrowed)
    first = len(args) + 1
    rows = await connection.fetch(
        f"SELECT total, {_COLUMNS}"  # noqa: S608 - our own
        f" FROM (SELECT count(*) AS total FROM"
        f"  (SELECT FROM jobs WHERE {conditions} LIMIT {COUNTED + 1}) AS counted) AS totals"
        f" LEFT JOIN (SELECT {_COLUMNS} FROM jobs WHERE {conditions}"
        f"  ORDER BY created_at DESC, job_id DESC LIMIT ${first} OFFSET ${first + 1}) AS listed ON true"
        " ORDER BY created_at DESC, job_id DESC",
        *args,
        limit,
        skip,
    )
    return [_job(row) for row in rows if row["job_id"] is not None], rows[0]["total"]


async def count_open(connection: Connection) -> int:
    return int(await connection.fetchval("SELECT count(*) FROM jobs WHERE status = 'open'"))


def _conditions(principal: Principal, narrowed: Narrowed) -> tuple[str, list[Any]]:
    """In SQL, with the arguments of its placeholders."""
    conditions, args = ["true"], list[Any]()
    if narrowed.status is not None:
        args.append(narrowed.status)
        conditions.append("status = $1")
    if narrowed.is_own or not principal.is_admin:
        whose = "false"
        if principal.role != "candidate":
            args.append(principal.user_id)
            whose = f"owner_user_id = ${len(args)}"
        conditions.append(whose if narrowed.is_own else f"(status = 'open' OR {whose})")
    return " AND ".join(conditions), args


def _job(row: Record) -> JobState:
    fields = {name: row[name] for name in JobState.__struct_fields__}
    return JobState(**fields | {"posting": msgspec.convert(row["posting"], JobPosting)})
