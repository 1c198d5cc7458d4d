"""One projection at a time of what belongs together.

What is projected of a database, its resumes, candidates and what belongs to them, is read and written under
the database's lock, whichever queue told of it: an entry is made of several tables, and what is erased must
not be told again by a transaction that has not seen the erasure.
"""

from collections.abc import Iterable
from uuid import UUID

from hotgigs.chassis.database import Connection


async def lock(connection: Connection, ids: Iterable[UUID]) -> None:
    """Until the transaction ends. To be called first, once, with all that the transaction will touch: those
    who lock in one order never wait for each other in a circle, and a statement only sees what was committed
    before it began.

    The temporary tables of a rebuild stand in a schema of their own, and so have locks of their own.
    """
    await connection.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '/' || id, 0))"
        " FROM unnest($1::text[]) AS id",
        [str(each) for each in sorted(set(ids))],
    )


async def lock_matches(connection: Connection, *, alone: bool = False) -> None:
    """Until the transaction ends, and after `lock`. Pairs of jobs and candidates are of no one database and
    too many to lock each: who tells of matches does so beside others, who forgets candidates or jobs, alone.
    """
    await _lock_all(connection, "matches", alone=alone)


async def lock_drive_runs(connection: Connection, *, alone: bool = False) -> None:
    """As `lock_matches`, and after it. A run names resumes, though not their databases: who tells of runs
    does so beside others, who forgets resumes, alone."""
    await _lock_all(connection, "drive runs", alone=alone)


async def lock_webhook_deliveries(connection: Connection, *, alone: bool = False) -> None:
    """As `lock_drive_runs`, and after it. A delivery names candidates and resumes of any databases."""
    await _lock_all(connection, "webhook deliveries", alone=alone)


async def _lock_all(connection: Connection, name: str, *, alone: bool) -> None:
    shared = "" if alone else "_shared"
    await connection.execute(
        f"SELECT pg_advisory_xact_lock{shared}(hashtextextended(current_schema() || '/' || $1, 0))", name
    )
