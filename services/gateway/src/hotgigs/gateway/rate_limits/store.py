"""Queries for the windows that all gateways share. None commits; all times are the database's."""

from datetime import timedelta

from hotgigs.chassis.database import Connection
from hotgigs.gateway.rate_limits.limits import WINDOW_S
from hotgigs.gateway.rate_limits.window import Grant

_WINDOW = timedelta(seconds=WINDOW_S)

_TAKE = """
    INSERT INTO rate_windows AS known (key, started_at, used) VALUES ($1, now(), $2)
    ON CONFLICT (key) DO UPDATE SET
        started_at = CASE WHEN known.started_at <= now() - $3::interval
            THEN now() ELSE known.started_at END,
        used = CASE WHEN known.started_at <= now() - $3::interval
            THEN excluded.used ELSE known.used + excluded.used END
    RETURNING
        used,
        extract(epoch FROM started_at + $3 - now())::float8 AS ends_in_s,
        extract(epoch FROM started_at + $3)::float8 AS resets_at
"""


async def take(connection: Connection, *, key: str, wanted: int, limit: int) -> Grant:
    """As many of the ``wanted`` requests as there are left of ``limit`` in the key's window, which begins
    with this request where none is under way. What is asked for beyond the limit is counted and not given."""
    row = await connection.fetchrow(_TAKE, key, wanted, _WINDOW)
    assert row is not None
    used_before = row["used"] - wanted
    return Grant(
        granted=max(0, min(wanted, limit - used_before)),
        remaining=max(0, limit - row["used"]),
        ends_in_s=row["ends_in_s"],
        resets_at=row["resets_at"],
    )


async def forget_ended(connection: Connection) -> None:
    await connection.execute("DELETE FROM rate_windows WHERE started_at <= now() - $1::interval", _WINDOW)
