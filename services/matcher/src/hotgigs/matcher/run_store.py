"""The queries of runs. None commits."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec
from asyncpg import Record
from uuid_utils.compat import uuid7

from hotgigs.chassis.database import Connection
from hotgigs.chassis.inbox import KEPT
from hotgigs.chassis.tables import CHANGED_SINCE
from hotgigs.contracts.match_state import MatchingRun

_COLUMNS = ", ".join(MatchingRun.__struct_fields__)


class Run(MatchingRun, frozen=True, kw_only=True):
    is_forced: bool = False


_RUN_COLUMNS = ", ".join(Run.__struct_fields__)


async def request(
    connection: Connection,
    about: Literal["job", "candidate"],
    about_ids: Sequence[UUID],
    *,
    at: datetime,
    run_id: UUID | None = None,
    requested_by: UUID | None = None,
    is_forced: bool = False,
) -> list[tuple[Run, bool]]:
    """The run of each that waits, and whether it is new. One that waits already cannot begin before the
    transaction ends, so that it sees what the transaction does. ``run_id`` is for one alone."""
    ids = sorted(set(about_ids))
    rows = await connection.fetch(
        f"INSERT INTO runs AS known"  # noqa: S608 - the column names are our own
        f"  (run_id, version, about, about_id, requested_by, is_forced, status, requested_at)"
        f" SELECT run_id, 1, $3, about_id, $4, $5, 'queued', $6"
        f"  FROM unnest($1::uuid[], $2::uuid[]) AS asked (run_id, about_id)"
        f" ON CONFLICT (about_id) WHERE status = 'queued' DO UPDATE"
        f"  SET version = known.version + 1, is_forced = known.is_forced OR excluded.is_forced,"
        f"   requested_by = coalesce(known.requested_by, excluded.requested_by)"
        f" RETURNING {_RUN_COLUMNS}, version = 1 AS is_new",
        [run_id or uuid7() for _ in ids],
        ids,
        about,
        requested_by,
        is_forced,
        at,
    )
    return [(_run(row), row["is_new"]) for row in rows]


async def add_completed(connection: Connection, run: MatchingRun) -> None:
    await connection.execute(
        f"INSERT INTO runs ({_COLUMNS}) SELECT {_COLUMNS} FROM jsonb_populate_record(NULL::runs, $1)"  # noqa: S608
        f" ON CONFLICT DO NOTHING",
        msgspec.to_builtins(run) | {"is_forced": False},
    )


async def is_queued(connection: Connection, about_id: UUID) -> bool:
    return bool(
        await connection.fetchval("SELECT true FROM runs WHERE about_id = $1 AND status = 'queued'", about_id)
    )


async def begin(connection: Connection, run_id: UUID) -> Run | None:
    """Also one that was begun before, by a process that is gone. None for one that has ended, or was
    forgotten."""
    row = await connection.fetchrow(
        f"UPDATE runs SET version = version + 1, status = 'running', started_at = now(), compared = 0"  # noqa: S608
        f" WHERE run_id = $1 AND status IN ('queued', 'running') RETURNING {_RUN_COLUMNS}",
        run_id,
    )
    return None if row is None else _run(row)


async def progress(connection: Connection, run_id: UUID, *, to_compare: int, compared: int) -> Run | None:
    row = await connection.fetchrow(
        f"UPDATE runs SET version = version + 1, to_compare = $2, compared = $3"  # noqa: S608
        f" WHERE run_id = $1 AND status = 'running' RETURNING {_RUN_COLUMNS}",
        run_id,
        to_compare,
        compared,
    )
    return None if row is None else _run(row)


async def end(
    connection: Connection,
    run_id: UUID,
    *,
    status: Literal["completed", "failed"],
    compared: int = 0,
    kept: int = 0,
) -> Run | None:
    """None for one that nobody asked for, of which nothing is kept, or that is not there any more."""
    await connection.execute("DELETE FROM runs WHERE run_id = $1 AND requested_by IS NULL", run_id)
    row = await connection.fetchrow(
        f"UPDATE runs SET version = version + 1, status = $2, to_compare = $3, compared = $3, kept = $4,"  # noqa: S608
        f"  ended_at = now() WHERE run_id = $1 AND status IN ('queued', 'running')"
        f" RETURNING {_RUN_COLUMNS}",
        run_id,
        status,
        compared,
        kept,
    )
    return None if row is None else _run(row)


async def forget_old(connection: Connection) -> None:
    await connection.execute("DELETE FROM runs WHERE ended_at < now() - $1::interval", KEPT)


async def runs_changed(connection: Connection, since: int, *, after: UUID, limit: int) -> list[MatchingRun]:
    """A page in the order of their ids, of those that somebody asked for, and that transaction ``since`` or
    a later one changed last."""
    rows = await connection.fetch(
        f"SELECT {_COLUMNS} FROM runs WHERE {CHANGED_SINCE} AND requested_by IS NOT NULL AND run_id > $2"  # noqa: S608
        f" ORDER BY run_id LIMIT $3",
        since,
        after,
        limit,
    )
    return [msgspec.convert(dict(row), MatchingRun) for row in rows]


def _run(row: Record) -> Run:
    return msgspec.convert({name: row[name] for name in Run.__struct_fields__}, Run)
