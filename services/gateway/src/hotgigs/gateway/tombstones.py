"""Ids of what is gone for good. Their locks are held by whoever asks (`locks.lock`)."""

from collections.abc import Iterable
from uuid import UUID

from hotgigs.chassis.database import Connection


async def gone(connection: Connection, ids: Iterable[UUID]) -> set[UUID]:
    """Those of ``ids`` of which nothing is taken in."""
    rows = await connection.fetch("SELECT id FROM tombstones WHERE id = ANY($1)", list(set(ids)))
    return {row["id"] for row in rows}


async def bury(connection: Connection, ids: Iterable[UUID]) -> None:
    await connection.execute(
        "INSERT INTO tombstones (id) SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING", sorted(set(ids))
    )
