"""The ledger: each file of a sync, as it was seen last and as it was submitted last. None of the queries
commits; all that write are for whoever has locked the sync."""

from collections.abc import Collection
from uuid import UUID

import asyncpg
import msgspec

from hotgigs.chassis.database import Connection
from hotgigs.drive_sync.leasing import HeldRun
from hotgigs.drive_sync.ledger import LedgerFile

_NAMES = LedgerFile.__struct_fields__
_COLUMNS = ", ".join(_NAMES)


async def load(connection: Connection, sync_id: UUID, file_ids: Collection[str]) -> dict[str, LedgerFile]:
    """Those of the files that are known."""
    rows = await connection.fetch(
        f"SELECT {_COLUMNS} FROM files WHERE sync_id = $1 AND file_id = ANY($2)",  # noqa: S608
        sync_id,
        list(file_ids),
    )
    return {row["file_id"]: _file(row) for row in rows}


async def keep(connection: Connection, sync_id: UUID, files: Collection[LedgerFile]) -> None:
    if files:
        await connection.execute(_KEEP, sync_id, [msgspec.structs.asdict(file) for file in files])


async def forget(connection: Connection, sync_id: UUID, file_ids: Collection[str]) -> None:
    """With their places."""
    if file_ids:
        await connection.execute(
            "DELETE FROM files WHERE sync_id = $1 AND file_id = ANY($2)", sync_id, list(file_ids)
        )


async def without_place(connection: Connection, sync_id: UUID, limit: int) -> list[LedgerFile]:
    """Files that are not known to be gone and are in none of the folders."""
    rows = await connection.fetch(
        f"SELECT {_COLUMNS} FROM files AS f WHERE sync_id = $1 AND state <> 'gone' AND NOT EXISTS"  # noqa: S608
        " (SELECT FROM places p WHERE p.sync_id = f.sync_id AND p.file_id = f.file_id) LIMIT $2",
        sync_id,
        limit,
    )
    return [_file(row) for row in rows]


async def take_up_pending(connection: Connection, held: HeldRun) -> int:
    """Has the run count what runs before it have left to be fetched; returns how many files that are."""
    status = await connection.execute(
        "UPDATE files SET seen_in = $2"
        " WHERE sync_id = $1 AND state = 'pending' AND seen_in IS DISTINCT FROM $2",
        held.sync.sync_id,
        held.run_id,
    )
    return int(status.split()[-1])


async def pending(connection: Connection, held: HeldRun, *, after: str, limit: int) -> list[LedgerFile]:
    """What the run is to fetch and has not tried yet, in the order of the ids."""
    rows = await connection.fetch(
        f"SELECT {_COLUMNS} FROM files WHERE sync_id = $1 AND state = 'pending' AND file_id > $3"  # noqa: S608
        " AND not_fetched_in IS DISTINCT FROM $2 ORDER BY file_id LIMIT $4",
        held.sync.sync_id,
        held.run_id,
        after,
        limit,
    )
    return [_file(row) for row in rows]


def _file(row: asyncpg.Record) -> LedgerFile:
    return msgspec.convert(dict(row), LedgerFile)


_TYPES = {"entry": "jsonb", "resume_id": "uuid", "seen_in": "uuid", "not_fetched_in": "uuid"}
_TYPED = ", ".join(f"{name} {_TYPES.get(name, 'text')}" for name in _NAMES)
_ANEW = ", ".join(f"{name} = excluded.{name}" for name in _NAMES if name != "file_id")
_KEEP = f"""
INSERT INTO files (sync_id, {_COLUMNS})
SELECT $1, {_COLUMNS} FROM jsonb_to_recordset($2) AS kept ({_TYPED})
ON CONFLICT (sync_id, file_id) DO UPDATE SET {_ANEW}
"""  # noqa: S608 - the column names are our own
