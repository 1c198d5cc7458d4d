"""The queries of webhooks. None commits.

Whoever changes a webhook, or deliveries of it, locks its row first, so that nobody waits in a circle: owners,
then webhooks in the order of their ids, then their health, then deliveries.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from asyncpg import Record

from hotgigs.chassis.database import Connection
from hotgigs.chassis.tables import CHANGED_SINCE
from hotgigs.contracts.message import Event
from hotgigs.contracts.notifier.webhook_changed import WebhookChangedV1
from hotgigs.contracts.webhook_state import DisabledBy, WebhookState
from hotgigs.notifier import delivery_states, restarting
from hotgigs.notifier.switching import switched_off

MOST_ENDED = 5_000
"""Deliveries in one transaction; what is left of a webhook that is off is ended by and by
(`hotgigs.notifier.end_deliveries`)."""

_COLUMNS = ", ".join(WebhookState.__struct_fields__)
_KEPT = {"webhook_id", "owner_user_id", "created_at"}
_CHANGED = [name for name in WebhookState.__struct_fields__ if name not in _KEPT]


_HEALTH = "SELECT FROM health WHERE webhook_id = ANY($1) ORDER BY webhook_id FOR NO KEY UPDATE"
_IN_HAND = (
    "SELECT FROM deliveries WHERE webhook_id = ANY($1) AND lease_token IS NOT NULL"
    " ORDER BY delivery_id FOR NO KEY UPDATE"
)


async def clock(connection: Connection) -> datetime:
    """The database's, by which everything here is due: the same all through a transaction."""
    now: datetime = await connection.fetchval("SELECT now()")
    return now


async def add(connection: Connection, webhook: WebhookState) -> bool:
    """False where there is, or was, one with the id."""
    status = await connection.execute(
        f"INSERT INTO webhooks ({_COLUMNS}) SELECT {_COLUMNS} FROM jsonb_populate_record(NULL::webhooks, $1)"  # noqa: S608
        f" WHERE NOT EXISTS (SELECT FROM deleted_webhooks d WHERE d.webhook_id = $2) ON CONFLICT DO NOTHING",
        msgspec.to_builtins(webhook),
        webhook.webhook_id,
    )
    if status != "INSERT 0 1":
        return False
    await connection.execute("INSERT INTO health (webhook_id) VALUES ($1)", webhook.webhook_id)
    return True


async def find(connection: Connection, webhook_id: UUID) -> WebhookState | None:
    """Locked to the end of the transaction."""
    return (await lock(connection, [webhook_id])).get(webhook_id)


async def lock(connection: Connection, webhook_ids: Collection[UUID]) -> dict[UUID, WebhookState]:
    """Those of them that are there, on or off, each locked to the end of the transaction."""
    rows = await connection.fetch(
        f"SELECT {_COLUMNS} FROM webhooks WHERE webhook_id = ANY($1)"  # noqa: S608
        f" ORDER BY webhook_id FOR NO KEY UPDATE",
        list(webhook_ids),
    )
    return {row["webhook_id"]: _state(row) for row in rows}


async def lock_of_owner(connection: Connection, user_id: UUID) -> list[WebhookState]:
    """As `lock`, all that the owner has."""
    rows = await connection.fetch(
        f"SELECT {_COLUMNS} FROM webhooks WHERE owner_user_id = $1"  # noqa: S608
        f" ORDER BY webhook_id FOR NO KEY UPDATE",
        user_id,
    )
    return [_state(row) for row in rows]


async def hold(connection: Connection, webhook_ids: Collection[UUID]) -> None:
    """Until the transaction ends nobody takes a delivery of them in hand, or records one: their pending
    deliveries may then be written in any order. They are locked."""
    for of_them in (_HEALTH, _IN_HAND):
        await connection.execute(of_them, list(webhook_ids))


async def count_of_owner(connection: Connection, user_id: UUID) -> int:
    count: int = await connection.fetchval("SELECT count(*) FROM webhooks WHERE owner_user_id = $1", user_id)
    return count


async def change(connection: Connection, webhook: WebhookState) -> WebhookState:
    """As it is to be told: in its next version. It is there, and locked."""
    row = await connection.fetchrow(
        f"UPDATE webhooks AS w SET {', '.join(f'{name} = new.{name}' for name in _CHANGED)}"  # noqa: S608
        f" FROM jsonb_populate_record(NULL::webhooks, $1) AS new WHERE w.webhook_id = new.webhook_id"
        f" RETURNING {', '.join(f'w.{name}' for name in WebhookState.__struct_fields__)}",
        msgspec.to_builtins(
            msgspec.structs.replace(webhook, version=webhook.version + 1, updated_at=await clock(connection))
        ),
    )
    assert row is not None
    return _state(row)


async def disable(connection: Connection, webhook_id: UUID, by: DisabledBy) -> Sequence[Event]:
    """What tells of it: the webhook, and its deliveries that were pending and have failed. Nothing where it
    is off already, or not there."""
    webhook = await find(connection, webhook_id)
    if webhook is None or not webhook.is_active:
        return ()
    off = await change(connection, switched_off(webhook, by, now=await clock(connection)))
    return [WebhookChangedV1(webhook=off), *await end_pending(connection, webhook_id)]


async def end_pending(connection: Connection, webhook_id: UUID) -> Sequence[Event]:
    """What tells of its deliveries that were pending and have failed, at most `MOST_ENDED`. It is locked."""
    await hold(connection, [webhook_id])
    ended = await restarting.end_pending(connection, webhook_id, limit=MOST_ENDED)
    return await delivery_states.words_of(connection, ended)


async def begin_anew(connection: Connection, webhook_id: UUID) -> None:
    """Nothing is held against it any more."""
    await connection.execute(
        "UPDATE health SET failing_since = NULL, failed_at = NULL, mean_duration_ms = 0"
        " WHERE webhook_id = $1",
        webhook_id,
    )


async def delete_deliveries(connection: Connection, webhook_id: UUID, *, limit: int) -> int:
    """How many are gone; at most ``limit``. It is locked."""
    await hold(connection, [webhook_id])
    status = await connection.execute(
        "DELETE FROM deliveries WHERE delivery_id IN"
        " (SELECT delivery_id FROM deliveries WHERE webhook_id = $1 LIMIT $2)",
        webhook_id,
        limit,
    )
    return int(status.removeprefix("DELETE "))


async def delete(connection: Connection, webhook_id: UUID) -> None:
    """With its secrets and its deliveries."""
    await hold(connection, [webhook_id])
    await connection.execute("DELETE FROM webhooks WHERE webhook_id = $1", webhook_id)
    await connection.execute("INSERT INTO deleted_webhooks (webhook_id) VALUES ($1)", webhook_id)


async def webhooks_changed(
    connection: Connection, since: int, *, after: UUID, limit: int
) -> list[WebhookState]:
    """A page in the order of their ids, of those that transaction ``since`` or a later one changed last."""
    rows = await connection.fetch(
        f"SELECT {_COLUMNS} FROM webhooks WHERE {CHANGED_SINCE} AND webhook_id > $2"  # noqa: S608
        f" ORDER BY webhook_id LIMIT $3",
        since,
        after,
        limit,
    )
    return [_state(row) for row in rows]


async def webhooks_deleted(connection: Connection, since: int, *, after: UUID, limit: int) -> list[UUID]:
    """As `webhooks_changed`."""
    rows = await connection.fetch(
        f"SELECT webhook_id FROM deleted_webhooks WHERE {CHANGED_SINCE} AND webhook_id > $2"  # noqa: S608
        f" ORDER BY webhook_id LIMIT $3",
        since,
        after,
        limit,
    )
    return [row["webhook_id"] for row in rows]


def _state(row: Record) -> WebhookState:
    fields: dict[str, Any] = {name: row[name] for name in WebhookState.__struct_fields__}
    return msgspec.convert(fields, WebhookState)
