"""What is told of deliveries: always as they are in the transaction that tells it. None commits."""

from collections.abc import Collection, Sequence
from uuid import UUID

import msgspec

from hotgigs.chassis.database import Connection
from hotgigs.chassis.tables import CHANGED_SINCE
from hotgigs.contracts.notifier.deliveries_changed import MOST_DELIVERIES, DeliveriesChangedV1
from hotgigs.contracts.webhook_state import MOST_ATTEMPTS, DeliveryState
from hotgigs.notifier import event_store

_STATES = f"""
    SELECT d.delivery_id, d.webhook_id, d.version, d.event, d.is_test, told.event_ids, told.candidate_ids,
        told.resume_ids, d.status, d.attempt_count, made.attempts, d.created_at, d.next_attempt_at, d.ended_at
    FROM deliveries AS d
    CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(t.event_id ORDER BY t.place), '{{}}') AS event_ids,
            coalesce(array_agg(DISTINCT e.candidate_id) FILTER (WHERE e.candidate_id IS NOT NULL), '{{}}')
                AS candidate_ids,
            coalesce(array_agg(DISTINCT e.resume_id) FILTER (WHERE e.resume_id IS NOT NULL), '{{}}')
                AS resume_ids
        FROM delivered_events AS t CROSS JOIN LATERAL ({event_store.OF_TOLD}) AS e
        WHERE t.delivery_id = d.delivery_id
    ) AS told
    CROSS JOIN LATERAL (
        SELECT coalesce(jsonb_agg(to_jsonb(newest) - 'delivery_id' ORDER BY number DESC), '[]') AS attempts
        FROM (SELECT * FROM attempts AS a WHERE a.delivery_id = d.delivery_id
            ORDER BY number DESC LIMIT {MOST_ATTEMPTS}) AS newest
    ) AS made
"""  # noqa: S608 - what is put in is our own


async def states_of(connection: Connection, delivery_ids: Collection[UUID]) -> list[DeliveryState]:
    """Of those that are there, by id."""
    rows = await connection.fetch(
        f"{_STATES} WHERE d.delivery_id = ANY($1) ORDER BY d.delivery_id", list(delivery_ids)
    )
    return [msgspec.convert(dict(row), DeliveryState) for row in rows]


async def words_of(connection: Connection, delivery_ids: Collection[UUID]) -> Sequence[DeliveriesChangedV1]:
    """The events that tell these deliveries as they are now."""
    states = await states_of(connection, delivery_ids)
    return [
        DeliveriesChangedV1(deliveries=tuple(states[start : start + MOST_DELIVERIES]))
        for start in range(0, len(states), MOST_DELIVERIES)
    ]


async def deliveries_changed(connection: Connection, since: int, *, after: UUID, limit: int) -> list[UUID]:
    """A page in the order of their ids, of those that transaction ``since`` or a later one changed last."""
    rows = await connection.fetch(
        f"SELECT delivery_id FROM deliveries WHERE {CHANGED_SINCE} AND delivery_id > $2"  # noqa: S608
        f" ORDER BY delivery_id LIMIT $3",
        since,
        after,
        limit,
    )
    return [row["delivery_id"] for row in rows]
