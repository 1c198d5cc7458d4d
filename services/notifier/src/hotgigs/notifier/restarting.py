"""The queries of deliveries that are begun anew, or ended with their webhook, which is locked. None commits.

Whoever has one of them in hand records nothing any more: their lease is gone.
"""

from datetime import datetime
from uuid import UUID

from hotgigs.chassis.database import Connection
from hotgigs.contracts.webhook_events import WebhookEvent

_ANEW = (
    "version = version + 1, status = 'pending', scheduled_count = 0, next_attempt_at = now(),"
    " ended_at = NULL, is_open = false, lease_token = NULL, lease_until = NULL"
)


async def add_test(
    connection: Connection, webhook_id: UUID, delivery_id: UUID, event: WebhookEvent, *, is_batch: bool
) -> bool:
    """False where there is a delivery with the id."""
    status = await connection.execute(
        "INSERT INTO deliveries (delivery_id, webhook_id, event, is_test, is_batch, created_at,"
        "  next_attempt_at)"
        " VALUES ($1, $2, $3, true, $4, now(), now()) ON CONFLICT DO NOTHING",
        delivery_id,
        webhook_id,
        event,
        is_batch,
    )
    return bool(status == "INSERT 0 1")


async def restart(connection: Connection, webhook_id: UUID, delivery_id: UUID) -> bool:
    """False where the webhook has no such delivery."""
    status = await connection.execute(
        f"UPDATE deliveries SET {_ANEW} WHERE delivery_id = $2 AND webhook_id = $1",  # noqa: S608
        webhook_id,
        delivery_id,
    )
    return bool(status == "UPDATE 1")


async def failed_between(
    connection: Connection, webhook_id: UUID, since: datetime, until: datetime | None, *, limit: int
) -> list[UUID]:
    """Those that were made then, the oldest first."""
    rows = await connection.fetch(
        "SELECT delivery_id FROM deliveries WHERE webhook_id = $1 AND status = 'failed'"
        " AND created_at >= $2 AND created_at < coalesce($3, 'infinity'::timestamptz)"
        " ORDER BY created_at LIMIT $4",
        webhook_id,
        since,
        until,
        limit,
    )
    return [row["delivery_id"] for row in rows]


async def restart_all(connection: Connection, delivery_ids: list[UUID]) -> None:
    await connection.execute(
        f"UPDATE deliveries SET {_ANEW} WHERE delivery_id = ANY($1)",  # noqa: S608
        delivery_ids,
    )


async def end_pending(connection: Connection, webhook_id: UUID, *, limit: int) -> list[UUID]:
    """Which have failed now; at most ``limit``. Nobody else writes any of them meanwhile
    (`hotgigs.notifier.webhook_store.hold`)."""
    rows = await connection.fetch(
        "UPDATE deliveries SET version = version + 1, status = 'failed', ended_at = now(),"
        "  next_attempt_at = NULL, is_open = false, lease_token = NULL, lease_until = NULL"
        " WHERE delivery_id IN (SELECT delivery_id FROM deliveries WHERE webhook_id = $1"
        "   AND status = 'pending' ORDER BY next_attempt_at LIMIT $2) RETURNING delivery_id",
        webhook_id,
        limit,
    )
    return [row["delivery_id"] for row in rows]


async def has_pending(connection: Connection, webhook_id: UUID) -> bool:
    return bool(
        await connection.fetchval(
            "SELECT EXISTS (SELECT FROM deliveries WHERE webhook_id = $1 AND status = 'pending')", webhook_id
        )
    )


async def off_with_pending(connection: Connection) -> list[UUID]:
    """The webhooks."""
    rows = await connection.fetch(
        "SELECT webhook_id FROM webhooks AS w WHERE NOT is_active AND EXISTS"
        " (SELECT FROM deliveries AS d WHERE d.webhook_id = w.webhook_id AND d.status = 'pending')"
    )
    return [row["webhook_id"] for row in rows]
