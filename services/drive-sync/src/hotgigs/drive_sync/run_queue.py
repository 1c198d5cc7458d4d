"""The queries of what is asked for and called off, of runs that a process may have or not. None commits, and
the sync is locked."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from hotgigs.chassis.database import Connection
from hotgigs.contracts.drive_state import DriveSyncState


async def request(
    connection: Connection,
    sync: DriveSyncState,
    run_id: UUID,
    *,
    trigger: Literal["schedule", "manual"],
    at: datetime,
) -> bool:
    """False where one of the sync is queued or running, or there is a run with the id."""
    status = await connection.execute(
        "INSERT INTO runs (run_id, sync_id, owner_user_id, version, trigger, status, requested_at)"
        " VALUES ($1, $2, $3, 1, $4, 'queued', $5) ON CONFLICT DO NOTHING",
        run_id,
        sync.sync_id,
        sync.owner_user_id,
        trigger,
        at,
    )
    return bool(status == "INSERT 0 1")


async def ask_again(connection: Connection, sync_id: UUID) -> UUID | None:
    """The run that is queued or running. One that is running is to look once more before it ends."""
    run_id: UUID | None = await connection.fetchval(
        "UPDATE runs SET version = version + 1, is_asked_again = status = 'running'"
        " WHERE sync_id = $1 AND status IN ('queued', 'running') RETURNING run_id",
        sync_id,
    )
    return run_id


async def cancel(connection: Connection, sync_id: UUID, *, error_message: str) -> UUID | None:
    """The run that was queued or running, and is not any more."""
    run_id: UUID | None = await connection.fetchval(
        "UPDATE runs SET version = version + 1, status = 'cancelled', ended_at = now(), error_message = $2,"
        "  lease_token = NULL, lease_until = NULL"
        " WHERE sync_id = $1 AND status IN ('queued', 'running') RETURNING run_id",
        sync_id,
        error_message,
    )
    return run_id


async def forget_old(connection: Connection, *, limit: int) -> int:
    """How many runs were forgotten of those that ended more than 90 days ago and are not the newest of their
    sync; at most ``limit``."""
    status = await connection.execute(
        "DELETE FROM runs WHERE run_id IN (SELECT run_id FROM runs r WHERE ended_at < now() - interval '90 d'"
        "  AND EXISTS (SELECT FROM runs newer WHERE newer.sync_id = r.sync_id"
        "   AND (newer.requested_at, newer.run_id) > (r.requested_at, r.run_id))"
        "  LIMIT $1 FOR UPDATE SKIP LOCKED)",
        limit,
    )
    return int(status.removeprefix("DELETE "))
