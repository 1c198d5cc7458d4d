"""Queries for the read models. None commits."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

import msgspec
from asyncpg import Record

from hotgigs.chassis.database import Connection
from hotgigs.contracts.gateway.submit_resume import SubmitResumeV1
from hotgigs.contracts.ingest.batch_received import BatchReceivedV1
from hotgigs.contracts.parser.parse_progressed import ParseProgressedV1
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.contracts.resume_state import ResumeState, StoredFile
from hotgigs.gateway import tombstones
from hotgigs.gateway.candidates.showing import show_hidden_again
from hotgigs.gateway.locks import lock
from hotgigs.gateway.newest_rows import put_newest
from hotgigs.gateway.wakeups import batch_key, resume_key, wake

_PUT_RESUMES = put_newest("resumes", "resume_id", (*ResumeState.__struct_fields__, "data"))
_PROGRESS = ", ".join(ParseProgressedV1.__struct_fields__)
_PUT_PROGRESS = f"""
    INSERT INTO resume_progress AS old ({_PROGRESS})
    SELECT {_PROGRESS} FROM jsonb_populate_recordset(NULL::resume_progress, $1)
    ON CONFLICT (resume_id) DO UPDATE SET attempt = excluded.attempt, sequence = excluded.sequence,
        percentage = excluded.percentage, step = excluded.step, started_at = excluded.started_at
    WHERE (old.attempt, old.started_at, old.sequence)
        < (excluded.attempt, excluded.started_at, excluded.sequence)
"""  # noqa: S608 - the column names are our own

_IS_SHOWN = """
    EXISTS (SELECT FROM candidates WHERE candidates.candidate_id = resumes.candidate_id
        AND resumes.resume_id = ANY (candidates.resume_ids))
"""
"""Whether the candidate that a completed resume makes or changes is known here too: they come apart."""
_EARLIER_COPY = """
    SELECT copy.resume_id FROM resumes AS copy
    WHERE copy.owner_user_id = resumes.owner_user_id AND copy.database_id = resumes.database_id
        AND copy.file->>'sha256' = resumes.file->>'sha256' AND copy.resume_id < resumes.resume_id
    ORDER BY copy.resume_id LIMIT 1
"""
"""The first of the resumes with the same file, of the same uploader in the same database; the gateway
gives ascending ids (UUIDv7)."""


async def put_resumes(
    connection: Connection, resumes: Iterable[tuple[ResumeState, ResumeData | None]]
) -> None:
    """Keeps, of each resume that is not erased, the newest version there has been, with its data, and shows
    what that changes for those who may not see the contact; wakes those who wait for a change."""
    told = {each[0].resume_id: each for each in sorted(resumes, key=lambda each: each[0].version)}
    await lock(connection, {resume.database_id for resume, _ in told.values()})
    for resume_id in await tombstones.gone(connection, told):
        del told[resume_id]
    rows = [msgspec.to_builtins(told[each][0]) | {"data": told[each][1]} for each in sorted(told)]
    candidate_ids = {resume.candidate_id for resume, _ in told.values() if resume.candidate_id is not None}
    candidate_ids |= await _candidates_of(connection, told)
    await connection.execute(_PUT_RESUMES, rows)
    await show_hidden_again(connection, candidate_ids)
    await wake(connection, map(resume_key, told))


async def wake_readers(connection: Connection, candidate_ids: Iterable[UUID]) -> None:
    """Of the unfinished resumes of these candidates' groups, to look whether they still may."""
    rows = await connection.fetch(
        "SELECT resume_id FROM resumes JOIN candidates AS its USING (candidate_id)"
        " WHERE status = 'uploaded' AND its.survivor_id IN"
        "  (SELECT survivor_id FROM candidates WHERE candidate_id = ANY($1))",
        list(candidate_ids),
    )
    await wake(connection, [resume_key(row["resume_id"]) for row in rows])


async def put_batches(
    connection: Connection, batches: Sequence[BatchReceivedV1], *, is_provisional: bool = False
) -> None:
    """Of those that are not erased. A provisional batch replaces none."""
    by_id = {batch.batch_id: batch for batch in batches}
    # A batch that is told again comes without its resumes, and so without a database.
    database_ids = {resume.database_id for batch in batches for resume in batch.resumes}
    await lock(connection, by_id.keys() | database_ids)
    for batch_id in await tombstones.gone(connection, by_id):
        del by_id[batch_id]
    ids = sorted(by_id)
    await connection.execute(
        "INSERT INTO batches (batch_id, owner_user_id, created_at)"
        " SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[])"
        " ON CONFLICT (batch_id) DO UPDATE SET created_at = excluded.created_at WHERE NOT $4",
        ids,
        [by_id[batch_id].owner_user_id for batch_id in ids],
        [by_id[batch_id].created_at for batch_id in ids],
        is_provisional,
    )
    await put_resumes(connection, [(resume, None) for batch in batches for resume in batch.resumes])
    await wake(connection, map(batch_key, ids))


async def put_progress(connection: Connection, events: Sequence[ParseProgressedV1]) -> None:
    """Keeps, of each resume that is not erased, the latest parser's furthest step."""
    newest: dict[UUID, ParseProgressedV1] = {}
    for event in sorted(events, key=lambda e: (e.attempt, e.started_at, e.sequence)):
        newest[event.resume_id] = event
    await lock(connection, newest)  # the parser knows no databases
    for resume_id in await tombstones.gone(connection, newest):
        del newest[resume_id]
    rows = [msgspec.to_builtins(newest[resume_id]) for resume_id in sorted(newest)]
    await connection.execute(_PUT_PROGRESS, rows)
    await wake(connection, map(resume_key, newest))


async def _candidates_of(connection: Connection, resume_ids: Iterable[UUID]) -> set[UUID]:
    rows = await connection.fetch(
        "SELECT candidate_id FROM resumes WHERE resume_id = ANY($1) AND candidate_id IS NOT NULL",
        list(resume_ids),
    )
    return {row["candidate_id"] for row in rows}


async def resume(connection: Connection, resume_id: UUID) -> Record | None:
    """The resume without its file and data, with its progress (null without) as ``percentage, step,
    begun_at``, with the first of those with the same file as ``duplicate_of``, and with ``is_shown``."""
    return await connection.fetchrow(
        "SELECT resumes.resume_id, version, owner_user_id, database_id, source, filename, status,"  # noqa: S608 - our own
        "  error_message, candidate_id, received_at, processing_started_at, processing_completed_at,"
        f"  percentage, step, progress.started_at AS begun_at, ({_EARLIER_COPY}) AS duplicate_of,"
        f"  {_IS_SHOWN} AS is_shown"
        " FROM resumes LEFT JOIN resume_progress AS progress"
        "  ON progress.resume_id = resumes.resume_id AND progress.attempt = resumes.attempt"
        " WHERE resumes.resume_id = $1",
        resume_id,
    )


async def stored_file(connection: Connection, resume_id: UUID) -> StoredFile | None:
    """None for a resume that is not there, or whose file was refused."""
    return msgspec.convert(
        await connection.fetchval("SELECT file FROM resumes WHERE resume_id = $1", resume_id),
        StoredFile | None,
    )


async def resume_data(connection: Connection, resume_id: UUID) -> dict[str, object] | None:
    data: dict[str, object] | None = await connection.fetchval(
        "SELECT data FROM resumes WHERE resume_id = $1", resume_id
    )
    return data


async def has_resume(connection: Connection, resume_id: UUID) -> bool:
    """By its owner's word, not by a provisional one."""
    return bool(
        await connection.fetchval("SELECT true FROM resumes WHERE resume_id = $1 AND version > 0", resume_id)
    )


async def earlier_copy(connection: Connection, command: SubmitResumeV1) -> UUID | None:
    """The first resume with the same file that the same uploader put into the same database before."""
    earlier: UUID | None = await connection.fetchval(
        "SELECT resume_id FROM resumes WHERE owner_user_id = $1 AND database_id = $2"
        " AND file->>'sha256' = $3 AND resume_id < $4 ORDER BY resume_id LIMIT 1",
        command.owner_user_id,
        command.database_id,
        command.file.sha256,
        command.resume_id,
    )
    return earlier


async def has_batch(connection: Connection, batch_id: UUID) -> bool:
    """By its owner's word, not by a provisional one."""
    return bool(
        await connection.fetchval(
            "SELECT true FROM batches WHERE batch_id = $1 AND EXISTS"
            " (SELECT FROM resumes WHERE resumes.batch_id = batches.batch_id AND version > 0)",
            batch_id,
        )
    )


async def superseded_files(connection: Connection, files: Mapping[UUID, StoredFile]) -> list[str]:
    """The blob keys of those that were stored for a resume whose owner has another file for it."""
    rows = await connection.fetch(
        "SELECT blob_key FROM unnest($1::uuid[], $2::text[]) AS stored (resume_id, blob_key)"
        " JOIN resumes USING (resume_id)"
        " WHERE version > 0 AND resumes.file->>'blob_key' IS DISTINCT FROM stored.blob_key",
        list(files),
        [file.blob_key for file in files.values()],
    )
    return [row["blob_key"] for row in rows]


async def batch(connection: Connection, batch_id: UUID) -> Record | None:
    return await connection.fetchrow("SELECT * FROM batches WHERE batch_id = $1", batch_id)


async def batch_resumes(connection: Connection, batch_id: UUID) -> list[Record]:
    """In the order of the upload: the gateway gives ascending ids (UUIDv7)."""
    return await connection.fetch(
        "SELECT resumes.resume_id, owner_user_id, database_id, source, filename, status, error_message,"  # noqa: S608
        "  candidate_id, step,"
        f"  ({_EARLIER_COPY}) AS duplicate_of, {_IS_SHOWN} AS is_shown"
        " FROM resumes LEFT JOIN resume_progress AS progress"
        "  ON progress.resume_id = resumes.resume_id AND progress.attempt = resumes.attempt"
        " WHERE batch_id = $1 ORDER BY resumes.resume_id",
        batch_id,
    )
