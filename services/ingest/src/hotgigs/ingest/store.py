"""Ingest's queries. None commits; the unit of work does."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from asyncpg import Record

from hotgigs.chassis.database import Connection
from hotgigs.chassis.tables import CHANGED_SINCE
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.contracts.resume_state import ResumeState, StoredFile

_COLUMNS = ", ".join(
    name for name in (*ResumeState.__struct_fields__, *StoredFile.__struct_fields__) if name != "file"
)
_ADD_RESUMES = f"""
    INSERT INTO resumes ({_COLUMNS}) SELECT {_COLUMNS} FROM jsonb_populate_recordset(NULL::resumes, $1)
    ON CONFLICT DO NOTHING RETURNING resume_id
"""  # noqa: S608 - the column names are our own


async def add_resumes(connection: Connection, resumes: Sequence[ResumeState]) -> set[UUID]:
    """Adds those that are not there yet; returns their ids."""
    rows = await connection.fetch(
        _ADD_RESUMES,
        [_row(resume) for resume in resumes],
    )
    return {row["resume_id"] for row in rows}


async def add_batch(
    connection: Connection, batch_id: UUID, owner_user_id: UUID, created_at: datetime
) -> bool:
    """False where the batch is there already."""
    status = await connection.execute(
        "INSERT INTO batches (batch_id, owner_user_id, created_at) VALUES ($1, $2, $3)"
        " ON CONFLICT DO NOTHING",
        batch_id,
        owner_user_id,
        created_at,
    )
    return bool(status == "INSERT 0 1")


async def database_of_resume(connection: Connection, resume_id: UUID) -> UUID | None:
    """Which a resume never leaves; None for a resume that is not there."""
    database_id: UUID | None = await connection.fetchval(
        "SELECT database_id FROM resumes WHERE resume_id = $1", resume_id
    )
    return database_id


async def lock_resume(connection: Connection, resume_id: UUID) -> ResumeState | None:
    """The resume, which nobody else changes until the transaction ends."""
    row = await connection.fetchrow("SELECT * FROM resumes WHERE resume_id = $1 FOR UPDATE", resume_id)
    return None if row is None else _state(row)


async def put_outcome(connection: Connection, resume: ResumeState, data: ResumeData | None) -> None:
    await connection.execute(
        "UPDATE resumes SET version = $2, status = $3, error_message = $4, candidate_id = $5,"
        " processing_started_at = $6, processing_completed_at = $7, data = $8, attempt = $9"
        " WHERE resume_id = $1",
        resume.resume_id,
        resume.version,
        resume.status,
        resume.error_message,
        resume.candidate_id,
        resume.processing_started_at,
        resume.processing_completed_at,
        data,
        resume.attempt,
    )


async def resumes_changed(
    connection: Connection, since: int, *, after: UUID, limit: int
) -> list[tuple[ResumeState, ResumeData | None]]:
    """A page in the order of their ids, with their data, of those that transaction ``since`` or a later
    one changed last."""
    rows = await connection.fetch(
        f"SELECT * FROM resumes WHERE {CHANGED_SINCE} AND resume_id > $2 ORDER BY resume_id LIMIT $3",  # noqa: S608
        since,
        after,
        limit,
    )
    return [(_state(row), msgspec.convert(row["data"], ResumeData | None)) for row in rows]


async def batches_changed(connection: Connection, since: int, *, after: UUID, limit: int) -> list[Record]:
    """As `resumes_changed`."""
    return await connection.fetch(
        f"SELECT batch_id, owner_user_id, created_at FROM batches"  # noqa: S608
        f" WHERE {CHANGED_SINCE} AND batch_id > $2 ORDER BY batch_id LIMIT $3",
        since,
        after,
        limit,
    )


async def batches(connection: Connection, batch_ids: Collection[UUID]) -> list[Record]:
    """Those that are there, with ``batch_id``, ``owner_user_id`` and ``created_at``."""
    return await connection.fetch(
        "SELECT batch_id, owner_user_id, created_at FROM batches WHERE batch_id = ANY($1) ORDER BY batch_id",
        list(batch_ids),
    )


async def resumes_of_batches(connection: Connection, batch_ids: Collection[UUID]) -> list[ResumeState]:
    """In the order in which they were uploaded."""
    rows = await connection.fetch(
        "SELECT * FROM resumes WHERE batch_id = ANY($1) ORDER BY resume_id", list(batch_ids)
    )
    return [_state(row) for row in rows]


async def named_files(connection: Connection, blob_keys: Sequence[str]) -> set[str]:
    """Those of the keys that a resume names."""
    rows = await connection.fetch("SELECT blob_key FROM resumes WHERE blob_key = ANY($1)", blob_keys)
    return {row["blob_key"] for row in rows}


def _row(resume: ResumeState) -> dict[str, object]:
    row: dict[str, object] = msgspec.to_builtins(resume)
    file = row.pop("file")
    return row | (file if isinstance(file, dict) else {})


def _state(row: Record) -> ResumeState:
    file = None
    if row["blob_key"] is not None:
        file = StoredFile(
            blob_key=row["blob_key"],
            media_type=row["media_type"],
            size_bytes=row["size_bytes"],
            sha256=row["sha256"],
        )
    fields = {name: row[name] for name in ResumeState.__struct_fields__ if name != "file"}
    return ResumeState(**fields, file=file)
