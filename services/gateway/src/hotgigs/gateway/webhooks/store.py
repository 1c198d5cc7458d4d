"""Queries for webhooks and their deliveries. None commits."""

from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct

from hotgigs.chassis.database import Connection
from hotgigs.contracts.webhook_events import WebhookEvent
from hotgigs.contracts.webhook_state import DeliveryState, DeliveryStatus, WebhookState
from hotgigs.gateway.locks import lock_webhook_deliveries

COUNTED = 10_000
"""To which deliveries are counted."""
DELIVERIES_KEPT = timedelta(days=30)
"""After their end; as the notifier keeps them."""
MOST_FORGOTTEN = 10_000
"""At once: meanwhile nothing is told of any delivery."""

T = TypeVar("T", bound=Struct)

_WEBHOOK = ", ".join(WebhookState.__struct_fields__)
_DELIVERY = ", ".join(DeliveryState.__struct_fields__)
_NARROWED = (
    "webhook_id = $1 AND ($2::text IS NULL OR status = $2) AND ($3::text IS NULL OR event = $3)"
    " AND ($4::timestamptz IS NULL OR created_at >= $4)"
)


class Narrowed(Struct, frozen=True, kw_only=True):
    """None where it does not matter."""

    status: DeliveryStatus | None = None
    event: WebhookEvent | None = None
    since: datetime | None = None


async def webhook(connection: Connection, webhook_id: UUID) -> WebhookState | None:
    row = await connection.fetchrow(f"SELECT {_WEBHOOK} FROM webhooks WHERE webhook_id = $1", webhook_id)  # noqa: S608 - our own
    return None if row is None else _state(row, WebhookState)


async def page_of_webhooks(
    connection: Connection, owner_user_id: UUID, *, skip: int, limit: int
) -> tuple[list[WebhookState], int]:
    """The user's, the newest first, and how many there are."""
    rows = await connection.fetch(
        f"SELECT {_WEBHOOK} FROM webhooks WHERE owner_user_id = $1"  # noqa: S608 - our own
        " ORDER BY created_at DESC, webhook_id DESC LIMIT $2 OFFSET $3",
        owner_user_id,
        limit,
        skip,
    )
    total = await connection.fetchval("SELECT count(*) FROM webhooks WHERE owner_user_id = $1", owner_user_id)
    return [_state(row, WebhookState) for row in rows], total


async def page_of_deliveries(
    connection: Connection, webhook_id: UUID, narrowed: Narrowed, *, skip: int, limit: int
) -> tuple[list[DeliveryState], int]:
    """The newest first, and how many there are, counted up to one more than `COUNTED`."""
    given = (webhook_id, narrowed.status, narrowed.event, narrowed.since)
    rows = await connection.fetch(
        f"SELECT {_DELIVERY} FROM webhook_deliveries WHERE {_NARROWED}"  # noqa: S608 - our own
        " ORDER BY created_at DESC, delivery_id DESC LIMIT $5 OFFSET $6",
        *given,
        limit,
        skip,
    )
    total = await connection.fetchval(
        f"SELECT count(*) FROM (SELECT FROM webhook_deliveries WHERE {_NARROWED} LIMIT $5) AS counted",  # noqa: S608 - our own
        *given,
        COUNTED + 1,
    )
    return [_state(row, DeliveryState) for row in rows], total


async def delivery(connection: Connection, webhook_id: UUID, delivery_id: UUID) -> DeliveryState | None:
    """None also where it is another webhook's."""
    row = await connection.fetchrow(
        f"SELECT {_DELIVERY} FROM webhook_deliveries WHERE webhook_id = $1 AND delivery_id = $2",  # noqa: S608 - our own
        webhook_id,
        delivery_id,
    )
    return None if row is None else _state(row, DeliveryState)


async def is_tried(connection: Connection, delivery_id: UUID) -> bool:
    found: bool = await connection.fetchval(
        "SELECT EXISTS (SELECT FROM webhook_deliveries WHERE delivery_id = $1 AND attempt_count > 0)",
        delivery_id,
    )
    return found


async def forget_old_deliveries(connection: Connection) -> None:
    """At most `MOST_FORGOTTEN`."""
    await lock_webhook_deliveries(connection, alone=True)
    await connection.execute(
        "DELETE FROM webhook_deliveries WHERE delivery_id IN (SELECT delivery_id FROM webhook_deliveries"
        " WHERE ended_at < now() - $1::interval LIMIT $2)",
        DELIVERIES_KEPT,
        MOST_FORGOTTEN,
    )


def _state(row: Record, state: type[T]) -> T:
    return msgspec.convert(dict(row.items()), state)
