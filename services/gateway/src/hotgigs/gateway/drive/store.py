"""Queries for syncs and their runs. None commits."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct

from hotgigs.chassis.database import Connection
from hotgigs.contracts.drive_state import DriveRunState, DriveSyncState
from hotgigs.gateway.locks import lock_drive_runs

COUNTED = 10_000
"""To which runs are counted."""
RUNS_KEPT = timedelta(days=90)
"""After their end; as drive-sync keeps them."""

T = TypeVar("T", bound=Struct)

_SYNC = ", ".join(DriveSyncState.__struct_fields__)
_RUN = ", ".join(DriveRunState.__struct_fields__)
# Who asked for one while another was under way was given a number that is not that one's.
_ASKED_FOR = """
    coalesce((SELECT (result->>'run_id')::uuid FROM command_outcomes
        WHERE command_id = $2 AND result ? 'run_id' LIMIT 1), $2)
"""


async def sync(connection: Connection, sync_id: UUID) -> DriveSyncState | None:
    row = await connection.fetchrow(f"SELECT {_SYNC} FROM drive_syncs WHERE sync_id = $1", sync_id)  # noqa: S608 - our own
    return None if row is None else _state(row, DriveSyncState)


async def page_of_syncs(
    connection: Connection, owner_user_id: UUID, *, skip: int, limit: int
) -> tuple[list[DriveSyncState], int]:
    """The user's, the newest first, and how many there are."""
    rows = await connection.fetch(
        f"SELECT {_SYNC} FROM drive_syncs WHERE owner_user_id = $1"  # noqa: S608 - our own
        " ORDER BY created_at DESC, sync_id DESC LIMIT $2 OFFSET $3",
        owner_user_id,
        limit,
        skip,
    )
    total = await connection.fetchval(
        "SELECT count(*) FROM drive_syncs WHERE owner_user_id = $1", owner_user_id
    )
    return [_state(row, DriveSyncState) for row in rows], total


async def active_outside(
    connection: Connection, owner_user_id: UUID, database_ids: Iterable[UUID]
) -> list[UUID]:
    """The user's syncs that are switched on and go to none of these databases."""
    rows = await connection.fetch(
        "SELECT sync_id FROM drive_syncs WHERE owner_user_id = $1 AND is_active"
        " AND database_id <> ALL($2) ORDER BY sync_id",
        owner_user_id,
        list(database_ids),
    )
    return [row["sync_id"] for row in rows]


async def page_of_runs(
    connection: Connection, sync_id: UUID, *, skip: int, limit: int
) -> tuple[list[DriveRunState], int]:
    """The newest first, and how many there are, counted up to one more than `COUNTED`."""
    rows = await connection.fetch(
        f"SELECT {_RUN} FROM drive_runs WHERE sync_id = $1"  # noqa: S608 - our own
        " ORDER BY requested_at DESC, run_id DESC LIMIT $2 OFFSET $3",
        sync_id,
        limit,
        skip,
    )
    total = await connection.fetchval(
        "SELECT count(*) FROM (SELECT FROM drive_runs WHERE sync_id = $1 LIMIT $2) AS counted",
        sync_id,
        COUNTED + 1,
    )
    return [_state(row, DriveRunState) for row in rows], total


async def run_asked_for(connection: Connection, sync_id: UUID, task_id: UUID) -> DriveRunState | None:
    """The sync's run that a request for one, which has the number ``task_id``, came to."""
    row = await connection.fetchrow(
        f"SELECT {_RUN} FROM drive_runs WHERE sync_id = $1 AND run_id = {_ASKED_FOR}",  # noqa: S608 - our own
        sync_id,
        task_id,
    )
    return None if row is None else _state(row, DriveRunState)


async def forget_old_runs(connection: Connection) -> None:
    """But for the last of each sync."""
    await lock_drive_runs(connection, alone=True)
    await connection.execute(
        "DELETE FROM drive_runs AS old WHERE ended_at < now() - $1::interval AND EXISTS"
        " (SELECT FROM drive_runs AS newer WHERE newer.sync_id = old.sync_id"
        "  AND (newer.requested_at, newer.run_id) > (old.requested_at, old.run_id))",
        RUNS_KEPT,
    )


async def file_names(
    connection: Connection, owner_user_id: UUID, runs: Iterable[DriveRunState]
) -> dict[UUID, str]:
    """By resume: of those that the errors of ``runs`` name, are there, and are the user's."""
    resume_ids = {error.resume_id for run in runs for error in run.errors if error.resume_id is not None}
    rows = await connection.fetch(
        "SELECT resume_id, filename FROM resumes WHERE resume_id = ANY($1) AND owner_user_id = $2",
        list(resume_ids),
        owner_user_id,
    )
    return {row["resume_id"]: row["filename"] for row in rows}


def _state(row: Record, state: type[T]) -> T:
    return msgspec.convert(dict(row.items()), state)
