"""The queries of runs as they are told. None commits."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from asyncpg import Record

from hotgigs.chassis.database import Connection
from hotgigs.chassis.tables import CHANGED_SINCE
from hotgigs.contracts.drive_state import MOST_ERRORS, DriveFileError, DriveRunState

_OF_ERRORS = {"errors", "error_count"}
_COLUMNS = ", ".join(name for name in DriveRunState.__struct_fields__ if name not in _OF_ERRORS)
_ERROR_COLUMNS = ", ".join(DriveFileError.__struct_fields__)


async def to_tell(connection: Connection, run_ids: Sequence[UUID]) -> list[DriveRunState]:
    """Those that are there, as they are now, in versions that were never told. Their syncs are locked."""
    rows = await connection.fetch(
        f"UPDATE runs SET version = version + 1, told_version = version + 1 WHERE run_id = ANY($1)"  # noqa: S608
        f" RETURNING {_COLUMNS}",
        run_ids,
    )
    return await _states(connection, rows)


async def has_news(connection: Connection, run_id: UUID) -> bool:
    """Whether it changed since it was told last."""
    return bool(
        await connection.fetchval("SELECT version > told_version FROM runs WHERE run_id = $1", run_id)
    )


async def runs_changed(connection: Connection, since: int, *, after: UUID, limit: int) -> list[DriveRunState]:
    """A page in the order of their ids, of those that transaction ``since`` or a later one changed last."""
    rows = await connection.fetch(
        f"SELECT {_COLUMNS} FROM runs WHERE {CHANGED_SINCE} AND run_id > $2 ORDER BY run_id LIMIT $3",  # noqa: S608
        since,
        after,
        limit,
    )
    return await _states(connection, rows)


async def _states(connection: Connection, rows: Sequence[Record]) -> list[DriveRunState]:
    run_ids = [row["run_id"] for row in rows]
    counted = await connection.fetch(
        "SELECT run_id, count(*) FROM run_errors WHERE run_id = ANY($1) GROUP BY run_id", run_ids
    )
    counts: dict[UUID, int] = {row["run_id"]: row["count"] for row in counted}
    newest = await connection.fetch(
        f"SELECT run_id, e.* FROM unnest($1::uuid[]) AS run (run_id) CROSS JOIN LATERAL"  # noqa: S608
        f" (SELECT {_ERROR_COLUMNS} FROM run_errors WHERE run_errors.run_id = run.run_id"
        f"  ORDER BY at DESC, file_id LIMIT $2) AS e",
        run_ids,
        MOST_ERRORS,
    )
    errors: dict[UUID, list[dict[str, Any]]] = {}
    for error in newest:
        errors.setdefault(error["run_id"], []).append(dict(error))
    return [
        msgspec.convert(
            dict(row)
            | {"errors": errors.get(row["run_id"], []), "error_count": counts.get(row["run_id"], 0)},
            DriveRunState,
        )
        for row in rows
    ]
