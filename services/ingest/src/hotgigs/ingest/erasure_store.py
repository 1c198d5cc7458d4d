"""The queries of erasing. None commits."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from hotgigs.chassis.database import Connection
from hotgigs.chassis.tables import CHANGED_SINCE
from hotgigs.contracts.actor import Actor
from hotgigs.contracts.candidate_state import Erasure
from hotgigs.ingest.version_store import with_versions_of_nobody


class Removed(Struct, frozen=True, kw_only=True):
    """What went with candidates and resumes."""

    resume_ids: tuple[UUID, ...] = ()
    note_ids: tuple[UUID, ...] = ()
    submission_ids: tuple[UUID, ...] = ()
    batch_ids: tuple[UUID, ...] = ()
    """Of batches that had no other resumes, and are gone too."""
    thinned_batch_ids: tuple[UUID, ...] = ()
    """Of batches that have."""
    blob_keys: tuple[str, ...] = ()
    """Of files, which are still there."""


class Left(Struct, frozen=True, kw_only=True):
    """What an erasure leaves to be done outside of transactions."""

    blob_keys: tuple[str, ...] = ()
    thinned_batch_ids: tuple[UUID, ...] = ()


async def lock_resume_id(connection: Connection, resume_id: UUID) -> None:
    """Waits for those who are adding the resume; until the transaction ends nobody does. To be taken before
    any other lock."""
    await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", str(resume_id))


async def erased_among(connection: Connection, resume_ids: Collection[UUID]) -> set[UUID]:
    """Those that were erased. The others are not before the transaction ends."""
    await connection.execute(
        "SELECT pg_advisory_xact_lock_shared(hashtextextended(id, 0)) FROM unnest($1::text[]) AS id",
        sorted(map(str, resume_ids)),
    )
    return await tombstones_among(connection, resume_ids)


async def tombstones_among(connection: Connection, ids: Collection[UUID]) -> set[UUID]:
    rows = await connection.fetch("SELECT id FROM tombstones WHERE id = ANY($1)", list(ids))
    return {row["id"] for row in rows}


async def remove(
    connection: Connection, candidate_ids: Sequence[UUID], resume_ids: Sequence[UUID] = ()
) -> Removed:
    """Deletes the candidates with all that is theirs, and the resumes; with either, the versions of the same
    files that are nobody's."""
    versions = await with_versions_of_nobody(connection, candidate_ids, resume_ids)
    notes = await connection.fetch(
        "DELETE FROM notes WHERE candidate_id = ANY($1) RETURNING note_id", candidate_ids
    )
    submissions = await connection.fetch(
        "DELETE FROM submissions WHERE candidate_id = ANY($1) RETURNING submission_id", candidate_ids
    )
    for statement in _OF_CANDIDATES:
        await connection.execute(statement, candidate_ids)
    await connection.execute("DELETE FROM identities WHERE of_id = ANY($1)", versions)
    resumes = await connection.fetch(
        "DELETE FROM resumes WHERE resume_id = ANY($1) RETURNING batch_id, blob_key", versions
    )
    await connection.execute("DELETE FROM candidates WHERE candidate_id = ANY($1)", candidate_ids)
    batches = {row["batch_id"] for row in resumes} - {None}
    gone = await connection.fetch(
        "DELETE FROM batches b WHERE batch_id = ANY($1)"
        " AND NOT EXISTS (SELECT FROM resumes r WHERE r.batch_id = b.batch_id) RETURNING batch_id",
        list(batches),
    )
    gone_ids = {row["batch_id"] for row in gone}
    return Removed(
        resume_ids=tuple(sorted(versions)),
        note_ids=tuple(sorted(row["note_id"] for row in notes)),
        submission_ids=tuple(sorted(row["submission_id"] for row in submissions)),
        batch_ids=tuple(sorted(gone_ids)),
        thinned_batch_ids=tuple(sorted(batches - gone_ids)),
        blob_keys=tuple(sorted(row["blob_key"] for row in resumes if row["blob_key"] is not None)),
    )


_OF_CANDIDATES = tuple(
    f"DELETE FROM {table} WHERE candidate_id = ANY($1)"  # noqa: S608 - the names are our own
    for table in ("identities", "tags", "shares", "grants", "consents", "activities")
)


async def put_erasure(connection: Connection, erasure: Erasure, removed: Removed) -> None:
    """With the tombstones."""
    await connection.execute(
        "INSERT INTO erasures (erasure_id, database_id, candidate_ids, resume_ids, related_ids,"
        "  actor_user_id, actor_role, at, blob_keys, thinned_batch_ids)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        erasure.erasure_id,
        erasure.database_id,
        erasure.candidate_ids,
        erasure.resume_ids,
        erasure.related_ids,
        erasure.actor.user_id,
        erasure.actor.role,
        erasure.at,
        removed.blob_keys,
        removed.thinned_batch_ids,
    )
    await connection.execute(
        "INSERT INTO tombstones (id, erasure_id) SELECT unnest($1::uuid[]), $2",
        [*erasure.candidate_ids, *erasure.resume_ids],
        erasure.erasure_id,
    )


async def erasure_of(connection: Connection, id_: UUID) -> Erasure:
    """By which a candidate or a resume was erased, of which there is a tombstone."""
    row = await connection.fetchrow(
        "SELECT e.* FROM erasures e JOIN tombstones USING (erasure_id) WHERE id = $1", id_
    )
    assert row is not None
    return _erasure(row)


async def left_of(connection: Connection, erasure_id: UUID) -> Left:
    """Whether it was done already or not."""
    row = await connection.fetchrow(
        "SELECT blob_keys, thinned_batch_ids FROM erasures WHERE erasure_id = $1", erasure_id
    )
    return Left() if row is None else Left(**{name: tuple(value) for name, value in row.items()})


async def put_files_erased(connection: Connection, erasure_id: UUID, at: datetime) -> None:
    """Keeps the first time."""
    await connection.execute(
        "UPDATE erasures SET files_erased_at = $2 WHERE erasure_id = $1 AND files_erased_at IS NULL",
        erasure_id,
        at,
    )


async def erasures_since(connection: Connection, at: datetime) -> list[Erasure]:
    """Of which the files were erased."""
    rows = await connection.fetch(
        "SELECT * FROM erasures WHERE at >= $1 AND files_erased_at IS NOT NULL ORDER BY at", at
    )
    return [_erasure(row) for row in rows]


async def erasures_changed(
    connection: Connection, since: int, *, after: UUID, limit: int
) -> list[tuple[Erasure, datetime | None]]:
    """A page in the order of their ids, of those that transaction ``since`` or a later one changed last,
    with when their files were erased; of whole candidates and of resumes."""
    rows = await connection.fetch(
        f"SELECT * FROM erasures WHERE {CHANGED_SINCE} AND erasure_id > $2"  # noqa: S608
        f" ORDER BY erasure_id LIMIT $3",
        since,
        after,
        limit,
    )
    return [(_erasure(row), row["files_erased_at"]) for row in rows]


def subjects_of(erasure: Erasure) -> set[str]:
    """What messages about those who were erased are about."""
    return set(map(str, (*erasure.candidate_ids, *erasure.resume_ids, *erasure.related_ids)))


def _erasure(row: Record) -> Erasure:
    return Erasure(
        erasure_id=row["erasure_id"],
        database_id=row["database_id"],
        candidate_ids=tuple(row["candidate_ids"]),
        resume_ids=tuple(row["resume_ids"]),
        related_ids=tuple(row["related_ids"]),
        actor=Actor(user_id=row["actor_user_id"], role=row["actor_role"]),
        at=row["at"],
    )
