"""What is kept for how long. None of the queries commits."""

from datetime import timedelta

from hotgigs.chassis.database import Connection

KEPT = timedelta(days=30)
"""Deliveries after their end, and events after they happened; what a delivery tells is kept with it."""


async def forget_deliveries(connection: Connection, *, limit: int) -> int:
    """How many were forgotten of those that ended long ago; at most ``limit``."""
    status = await connection.execute(
        "DELETE FROM deliveries WHERE delivery_id IN (SELECT delivery_id FROM deliveries"
        "  WHERE created_at < now() - $1::interval AND ended_at < now() - $1::interval"
        "   AND status <> 'pending' LIMIT $2 FOR UPDATE SKIP LOCKED)",
        KEPT,
        limit,
    )
    return int(status.removeprefix("DELETE "))


async def forget_events(connection: Connection, *, limit: int) -> int:
    """As `forget_deliveries`, of events that no delivery tells, whether those were ever found who are to hear
    of them or not."""
    status = await connection.execute(
        "DELETE FROM events WHERE event_id IN (SELECT event_id FROM events AS e"
        "  WHERE occurred_at < now() - $1::interval"
        "   AND NOT EXISTS (SELECT FROM delivered_events AS d WHERE d.event_id = e.event_id)"
        "  LIMIT $2 FOR UPDATE SKIP LOCKED)",
        KEPT,
        limit,
    )
    return int(status.removeprefix("DELETE "))
