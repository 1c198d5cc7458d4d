"""What became of each file version that was submitted. None of the queries commits."""

from collections.abc import Collection, Sequence
from typing import Literal
from uuid import UUID

import msgspec
from msgspec import Struct

from hotgigs.chassis.database import Connection
from hotgigs.drive_sync.erasure_store import digest_of
from hotgigs.drive_sync.leasing import HeldRun

Result = Literal["processed", "failed"]


class Import(Struct, frozen=True, kw_only=True):
    resume_id: UUID
    sync_id: UUID
    file_id: str
    run_id: UUID
    outcome: Result | None
    outcome_version: int


_COLUMNS = ", ".join(Import.__struct_fields__)


async def add(connection: Connection, held: HeldRun, *, resume_id: UUID, file_id: str) -> None:
    """In the transaction that publishes drive_file_fetched."""
    await connection.execute(
        "INSERT INTO imports (resume_id, sync_id, file_id, run_id) VALUES ($1, $2, $3, $4)",
        resume_id,
        held.sync.sync_id,
        file_id,
        held.run_id,
    )
    await connection.execute(
        "INSERT INTO origins (resume_id, digest) VALUES ($1, $2)",
        resume_id,
        digest_of(held.sync.database_id, held.sync.provider, file_id),
    )


async def count_unread(connection: Connection, sync_id: UUID, *, since: UUID, most: int) -> int:
    """How many of the sync's resumes, from ``since`` on in the order of their ids, have not become anything
    yet; counted up to ``most``."""
    count: int = await connection.fetchval(
        "SELECT count(*) FROM (SELECT FROM imports"
        "  WHERE sync_id = $1 AND outcome IS NULL AND resume_id >= $2 LIMIT $3) AS unread",
        sync_id,
        since,
        most,
    )
    return count


async def syncs_of(connection: Connection, resume_ids: Collection[UUID]) -> set[UUID]:
    rows = await connection.fetch(
        "SELECT DISTINCT sync_id FROM imports WHERE resume_id = ANY($1)", list(resume_ids)
    )
    return {row["sync_id"] for row in rows}


async def find(connection: Connection, resume_ids: Collection[UUID]) -> list[Import]:
    """Under the locks of their syncs."""
    rows = await connection.fetch(
        f"SELECT {_COLUMNS} FROM imports WHERE resume_id = ANY($1) ORDER BY resume_id",  # noqa: S608
        list(resume_ids),
    )
    return [msgspec.convert(dict(row), Import) for row in rows]


async def set_outcomes(connection: Connection, outcomes: Sequence[tuple[UUID, Result, int]]) -> None:
    """By resume, with the resume's version."""
    await connection.executemany(
        "UPDATE imports SET outcome = $2, outcome_version = $3 WHERE resume_id = $1", outcomes
    )


async def count(connection: Connection, run_id: UUID, sync_id: UUID, result: Result, more: int) -> None:
    """The sync's total, and the run's count where it has not been forgotten."""
    await connection.execute(
        f"UPDATE syncs SET total_files_{result} = total_files_{result} + $2 WHERE sync_id = $1",  # noqa: S608
        sync_id,
        more,
    )
    await connection.execute(
        f"UPDATE runs SET version = version + 1, files_{result} = files_{result} + $2 WHERE run_id = $1",  # noqa: S608
        run_id,
        more,
    )
