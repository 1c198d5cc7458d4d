"""The queries of syncs. None commits.

Whoever writes anything of a sync locks its row first, so that nobody waits in a circle.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct

from hotgigs.chassis.database import Connection
from hotgigs.chassis.tables import CHANGED_SINCE
from hotgigs.contracts.drive_state import DriveSyncState, Provider

_COLUMNS = ", ".join(DriveSyncState.__struct_fields__)
_CHANGED = ("version", "folder_name", "frequency", "is_active", "next_sync_at", "last_error", "updated_at")


class Sync(Struct, frozen=True, kw_only=True):
    """What a run needs to know."""

    sync_id: UUID
    owner_user_id: UUID
    database_id: UUID
    provider: Provider
    folder_id: str
    sealed_grant: bytes | None
    grant_version: int
    cursor: str | None
    is_active: bool


class KeptSync(Struct, frozen=True, kw_only=True):
    state: DriveSyncState
    has_grant: bool


async def clock(connection: Connection) -> datetime:
    """The database's, by which everything here is due: the same all through a transaction."""
    now: datetime = await connection.fetchval("SELECT now()")
    return now


async def add(connection: Connection, state: DriveSyncState, *, sealed_grant: bytes | None) -> bool:
    """False where the database has the folder already, or there is, or was, a sync with the id."""
    status = await connection.execute(
        f"INSERT INTO syncs ({_COLUMNS}, sealed_grant)"  # noqa: S608 - the column names are our own
        f" SELECT {_COLUMNS}, $2 FROM jsonb_populate_record(NULL::syncs, $1)"
        f" WHERE NOT EXISTS (SELECT FROM deleted_syncs d WHERE d.sync_id = $3) ON CONFLICT DO NOTHING",
        msgspec.to_builtins(state),
        sealed_grant,
        state.sync_id,
    )
    return bool(status == "INSERT 0 1")


async def find(connection: Connection, sync_id: UUID) -> KeptSync | None:
    """Locked to the end of the transaction."""
    row = await connection.fetchrow(
        f"SELECT {_COLUMNS}, sealed_grant IS NOT NULL AS has_grant FROM syncs WHERE sync_id = $1"  # noqa: S608
        f" FOR NO KEY UPDATE",
        sync_id,
    )
    return None if row is None else KeptSync(state=_state(row), has_grant=row["has_grant"])


async def lock(connection: Connection, sync_ids: Collection[UUID]) -> set[UUID]:
    """Those of the syncs that are there, each locked to the end of the transaction."""
    rows = await connection.fetch(
        "SELECT sync_id FROM syncs WHERE sync_id = ANY($1) ORDER BY sync_id FOR NO KEY UPDATE", list(sync_ids)
    )
    return {row["sync_id"] for row in rows}


async def change(connection: Connection, state: DriveSyncState, *, sealed_grant: bytes | None = None) -> None:
    """What its owner may change; ``sealed_grant`` takes the place of the one that was there."""
    await connection.execute(
        f"UPDATE syncs AS s SET {', '.join(f'{name} = new.{name}' for name in _CHANGED)},"  # noqa: S608
        f"  sealed_grant = coalesce($2, s.sealed_grant),"
        f"  grant_version = s.grant_version + ($2::bytea IS NOT NULL)::int"
        f" FROM jsonb_populate_record(NULL::syncs, $1) AS new WHERE s.sync_id = new.sync_id",
        msgspec.to_builtins(state),
        sealed_grant,
    )


async def delete(connection: Connection, sync_id: UUID) -> None:
    """With its grant, its runs and its ledger."""
    await connection.execute("DELETE FROM syncs WHERE sync_id = $1", sync_id)
    await connection.execute("INSERT INTO deleted_syncs (sync_id) VALUES ($1)", sync_id)


async def due(connection: Connection, *, limit: int) -> list[DriveSyncState]:
    """Those that are due and that nobody else has in hand, locked to the end of the transaction."""
    rows = await connection.fetch(
        f"SELECT {_COLUMNS} FROM syncs WHERE next_sync_at <= now() AND is_active"  # noqa: S608
        f" ORDER BY next_sync_at LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED",
        limit,
    )
    return [_state(row) for row in rows]


async def set_next(connection: Connection, sync_id: UUID, next_sync_at: datetime | None) -> None:
    await connection.execute("UPDATE syncs SET next_sync_at = $2 WHERE sync_id = $1", sync_id, next_sync_at)


async def to_tell(connection: Connection, sync_id: UUID) -> DriveSyncState:
    """As it is now, in a version that was never told. The sync is there, and locked."""
    row = await connection.fetchrow(
        f"UPDATE syncs SET version = version + 1 WHERE sync_id = $1 RETURNING {_COLUMNS}",  # noqa: S608
        sync_id,
    )
    assert row is not None
    return _state(row)


async def syncs_changed(
    connection: Connection, since: int, *, after: UUID, limit: int
) -> list[DriveSyncState]:
    """A page in the order of their ids, of those that transaction ``since`` or a later one changed last."""
    rows = await connection.fetch(
        f"SELECT {_COLUMNS} FROM syncs WHERE {CHANGED_SINCE} AND sync_id > $2 ORDER BY sync_id LIMIT $3",  # noqa: S608
        since,
        after,
        limit,
    )
    return [_state(row) for row in rows]


async def syncs_deleted(connection: Connection, since: int, *, after: UUID, limit: int) -> list[UUID]:
    """As `syncs_changed`."""
    rows = await connection.fetch(
        f"SELECT sync_id FROM deleted_syncs WHERE {CHANGED_SINCE} AND sync_id > $2"  # noqa: S608
        f" ORDER BY sync_id LIMIT $3",
        since,
        after,
        limit,
    )
    return [row["sync_id"] for row in rows]


def _state(row: Record) -> DriveSyncState:
    fields: dict[str, Any] = {name: row[name] for name in DriveSyncState.__struct_fields__}
    return msgspec.convert(fields, DriveSyncState)
