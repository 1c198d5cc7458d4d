"""The read models of webhooks and their deliveries. Nothing here commits; the webhooks are locked
(`hotgigs.gateway.locks`)."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from hotgigs.chassis.database import Connection
from hotgigs.contracts.webhook_state import DeliveryState, WebhookState
from hotgigs.gateway import tombstones
from hotgigs.gateway.locks import lock_webhook_deliveries
from hotgigs.gateway.newest_rows import put_newest

_PUT_WEBHOOKS = put_newest("webhooks", "webhook_id", WebhookState.__struct_fields__)
_PUT_DELIVERIES = put_newest("webhook_deliveries", "delivery_id", DeliveryState.__struct_fields__)


async def put_webhooks(connection: Connection, webhooks: Sequence[WebhookState]) -> None:
    """Keeps the newest version of each that is not deleted."""
    newest = {webhook.webhook_id: webhook for webhook in sorted(webhooks, key=lambda each: each.version)}
    for webhook_id in await tombstones.gone(connection, newest):
        del newest[webhook_id]
    await connection.execute(
        _PUT_WEBHOOKS, [msgspec.to_builtins(newest[webhook_id]) for webhook_id in sorted(newest)]
    )


async def put_deliveries(connection: Connection, deliveries: Sequence[DeliveryState]) -> None:
    """Keeps the last word on each that names nothing that is deleted or erased."""
    newest = {each.delivery_id: each for each in sorted(deliveries, key=lambda each: each.version)}
    await lock_webhook_deliveries(connection)
    gone = await tombstones.gone(connection, {named for each in newest.values() for named in _named(each)})
    await connection.execute(
        _PUT_DELIVERIES,
        [
            msgspec.to_builtins(newest[delivery_id])
            for delivery_id in sorted(newest)
            if gone.isdisjoint(_named(newest[delivery_id]))
        ],
    )


async def delete_webhooks(connection: Connection, webhook_ids: Sequence[UUID]) -> None:
    """With their deliveries, for good."""
    await lock_webhook_deliveries(connection)
    await tombstones.bury(connection, webhook_ids)
    await connection.execute("DELETE FROM webhook_deliveries WHERE webhook_id = ANY($1)", webhook_ids)
    await connection.execute("DELETE FROM webhooks WHERE webhook_id = ANY($1)", webhook_ids)


async def forget_deliveries(
    connection: Connection, candidate_ids: Sequence[UUID], resume_ids: Sequence[UUID]
) -> list[UUID]:
    """Those that have told of them, whose ids are returned: the notifier tells again, without it, what they
    told else."""
    await lock_webhook_deliveries(connection, alone=True)
    rows = await connection.fetch(
        "DELETE FROM webhook_deliveries WHERE candidate_ids && $1 OR resume_ids && $2 RETURNING delivery_id",
        candidate_ids,
        resume_ids,
    )
    return [row["delivery_id"] for row in rows]


def _named(delivery: DeliveryState) -> tuple[UUID, ...]:
    """What may be gone of what it names."""
    return (delivery.webhook_id, *delivery.candidate_ids, *delivery.resume_ids)
