"""Ids of what is gone for good: erased candidates and resumes, deleted jobs.

All that is heard of candidates, resumes and jobs is written beside others who do so; what is buried is buried
alone. So nothing of it is taken in by a transaction that has not seen the grave.
"""

from collections.abc import Iterable
from uuid import UUID

from hotgigs.chassis.database import Connection


async def gone(connection: Connection, ids: Iterable[UUID]) -> set[UUID]:
    """Those of ``ids`` of which nothing is taken in. The others are not buried before the transaction ends.
    To be called before the transaction locks a row."""
    await _lock(connection, "_shared")
    rows = await connection.fetch("SELECT id FROM tombstones WHERE id = ANY($1)", list(set(ids)))
    return {row["id"] for row in rows}


async def bury(connection: Connection, ids: Iterable[UUID]) -> None:
    """Waits for those who found that one of them is not gone. To be called before the transaction locks
    a row, and not after `gone`."""
    await _lock(connection, "")
    await connection.execute(
        "INSERT INTO tombstones (id) SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING", sorted(set(ids))
    )


async def _lock(connection: Connection, how: str) -> None:
    await connection.execute(
        f"SELECT pg_advisory_xact_lock{how}(hashtextextended(current_schema() || '/tombstones', 0))"
    )
