"""Which process has which run: a run is taken under a token, for as long as the lease is renewed."""

from uuid import UUID, uuid4

import asyncpg
import msgspec
from msgspec import Struct

from hotgigs.chassis.database import Connection
from hotgigs.drive_sync.sync_store import Sync

_SYNC = ", ".join(f"s.{name}" for name in Sync.__struct_fields__)


class HeldRun(Struct, frozen=True, kw_only=True):
    """As it was when it was taken."""

    run_id: UUID
    token: UUID
    sync: Sync
    kind: str | None
    is_listed: bool
    page: str | None
    next_cursor: str | None
    takeovers: int = 0
    """How often in a row it was taken from a process that was gone before it had got any further."""


async def claim(connection: Connection, *, lease_s: float) -> HeldRun | None:
    """The run that has waited longest, or whose process is gone, now this process's; None where there is
    none. One run of an owner at a time."""
    token = uuid4()
    try:
        async with connection.transaction():
            row = await connection.fetchrow(_CLAIM, token, lease_s)
    except asyncpg.UniqueViolationError:  # another process has just taken another run of the owner's
        return None
    if row is None:
        return None
    sync = msgspec.convert({name: row[name] for name in Sync.__struct_fields__}, Sync)
    return HeldRun(
        run_id=row["run_id"],
        token=token,
        sync=sync,
        kind=row["kind"],
        is_listed=row["is_listed"],
        page=row["page"],
        next_cursor=row["next_cursor"],
        takeovers=row["takeovers"],
    )


# The sync is locked with its run, and neither is waited for.
_CLAIM = f"""
WITH free AS (
    SELECT r.run_id AS free_id, r.status = 'running' AND r.lease_token IS NOT NULL AS is_taken_over, {_SYNC}
    FROM runs r JOIN syncs s ON s.sync_id = r.sync_id
    WHERE (r.status = 'running' AND r.lease_until <= now())
        OR (r.status = 'queued' AND NOT EXISTS
            (SELECT FROM runs o WHERE o.owner_user_id = r.owner_user_id AND o.status = 'running'))
    ORDER BY r.requested_at, r.run_id LIMIT 1
    FOR NO KEY UPDATE OF r, s SKIP LOCKED
)
UPDATE runs r SET
    status = 'running', version = r.version + 1, started_at = coalesce(r.started_at, now()),
    lease_token = $1, lease_until = now() + $2 * interval '1 s',
    takeovers = r.takeovers + free.is_taken_over::int
FROM free WHERE r.run_id = free.free_id
RETURNING r.run_id, r.kind, r.is_listed, r.page, r.next_cursor, r.takeovers, {_SYNC.replace("s.", "free.")}
"""  # noqa: S608 - the column names are our own
