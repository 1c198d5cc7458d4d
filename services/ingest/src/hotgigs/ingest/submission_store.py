"""The queries of submissions, and of the jobs that are gone. None commits."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct

from hotgigs.chassis.database import Connection
from hotgigs.chassis.tables import CHANGED_SINCE
from hotgigs.contracts.actor import Role
from hotgigs.contracts.submission_state import SubmissionState
from hotgigs.ingest.access_sources import Submission

_STATE = ", ".join(SubmissionState.__struct_fields__)
_SOURCE = ", ".join(Submission.__struct_fields__)


class Kept(Struct, frozen=True, kw_only=True):
    """A submission, with what of it is not told."""

    state: SubmissionState
    submitter_role: Role
    job_database_id: UUID


async def lock_job(connection: Connection, job_id: UUID, *, beside_others: bool = False) -> None:
    """Until the transaction ends nobody submits to the job, nor deletes it; with ``beside_others``, others
    submit. To be taken before any other lock."""
    lock = "pg_advisory_xact_lock_shared" if beside_others else "pg_advisory_xact_lock"
    await connection.execute(f"SELECT {lock}(hashtextextended($1, 0))", f"job/{job_id}")


async def is_job_deleted(connection: Connection, job_id: UUID) -> bool:
    return bool(await connection.fetchval("SELECT true FROM deleted_jobs WHERE job_id = $1", job_id))


async def put_deleted_job(connection: Connection, job_id: UUID) -> None:
    await connection.execute("INSERT INTO deleted_jobs (job_id) VALUES ($1) ON CONFLICT DO NOTHING", job_id)


async def add_submission(connection: Connection, submission: Kept) -> bool:
    """False where it is there already, or was and is withdrawn."""
    status = await connection.execute(
        f"INSERT INTO submissions ({_STATE}, submitter_role, job_database_id)"  # noqa: S608 - our own
        f" SELECT {_STATE}, $2, $3 FROM jsonb_populate_record(NULL::submissions, $1)"
        f" ON CONFLICT (submission_id) DO NOTHING",
        msgspec.to_builtins(submission.state),
        submission.submitter_role,
        submission.job_database_id,
    )
    return bool(status == "INSERT 0 1")


async def is_submitted(
    connection: Connection, job_id: UUID, candidate_ids: Collection[UUID], submitted_by: UUID
) -> bool:
    """Whether one of the candidates is, to this job, by this user."""
    return bool(
        await connection.fetchval(
            "SELECT true FROM submissions WHERE job_id = $1 AND candidate_id = ANY($2)"
            " AND submitted_by = $3 AND withdrawn_at IS NULL LIMIT 1",
            job_id,
            list(candidate_ids),
            submitted_by,
        )
    )


async def submission(connection: Connection, submission_id: UUID) -> SubmissionState | None:
    """None for one that was withdrawn."""
    row = await connection.fetchrow(
        f"SELECT {_STATE} FROM submissions WHERE submission_id = $1 AND withdrawn_at IS NULL",  # noqa: S608
        submission_id,
    )
    return None if row is None else _state(row)


async def submissions_to(connection: Connection, job_id: UUID) -> list[SubmissionState]:
    """Those that are not withdrawn."""
    rows = await connection.fetch(
        f"SELECT {_STATE} FROM submissions WHERE job_id = $1 AND withdrawn_at IS NULL"  # noqa: S608
        f" ORDER BY submission_id",
        job_id,
    )
    return list(map(_state, rows))


async def sources_of(connection: Connection, candidate_ids: Collection[UUID]) -> list[Submission]:
    """Of these candidates, those that are not withdrawn."""
    rows = await connection.fetch(
        f"SELECT {_SOURCE} FROM submissions WHERE candidate_id = ANY($1) AND withdrawn_at IS NULL",  # noqa: S608
        list(candidate_ids),
    )
    return [Submission(**row) for row in rows]


async def withdraw(connection: Connection, submission_ids: Collection[UUID], now: datetime) -> None:
    """For good. Nothing of what the notes said is kept."""
    await connection.execute(
        "UPDATE submissions SET withdrawn_at = $2, note = '' WHERE submission_id = ANY($1)",
        list(submission_ids),
        now,
    )


async def submissions_changed(
    connection: Connection, since: int, *, after: UUID, limit: int
) -> list[tuple[SubmissionState, bool]]:
    """A page in the order of their ids, of those that transaction ``since`` or a later one changed last, with
    whether they are withdrawn."""
    rows = await connection.fetch(
        f"SELECT {_STATE}, withdrawn_at FROM submissions"  # noqa: S608 - the column names are our own
        f" WHERE {CHANGED_SINCE} AND submission_id > $2 ORDER BY submission_id LIMIT $3",
        since,
        after,
        limit,
    )
    return [(_state(row), row["withdrawn_at"] is not None) for row in rows]


def _state(row: Record) -> SubmissionState:
    return SubmissionState(**{name: row[name] for name in SubmissionState.__struct_fields__})
