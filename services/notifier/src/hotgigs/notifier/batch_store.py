"""The queries of batches that take in more: at most one of each webhook. None commits.

Whoever has locked an open batch may put into it. Who takes one for a try closes it, and passes over those
that are locked.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from uuid import UUID

from msgspec import Struct
from uuid_utils.compat import uuid7

from hotgigs.chassis.database import Connection
from hotgigs.contracts.webhook_events import WebhookEvent
from hotgigs.notifier.batching import Portion, portions

_EVENT: WebhookEvent = "match.created"
_OPEN = """
    INSERT INTO deliveries (delivery_id, webhook_id, version, event, is_batch, is_open, created_at,
        next_attempt_at)
    SELECT delivery_id, webhook_id, 0, $3, true, true, now(), now() + $4 * interval '1 s'
    FROM unnest($1::uuid[], $2::uuid[]) AS new (delivery_id, webhook_id) ORDER BY webhook_id
    ON CONFLICT (webhook_id) WHERE is_open DO NOTHING
"""
_LOCK = """
    SELECT delivery_id, webhook_id FROM deliveries WHERE is_open AND webhook_id = ANY($1)
    ORDER BY webhook_id FOR NO KEY UPDATE
"""
_TAKEN = """
    SELECT delivery_id, count(*) AS taken, max(place) AS last_place
    FROM delivered_events WHERE delivery_id = ANY($1) GROUP BY delivery_id
"""
_CHANGE = """
    UPDATE deliveries SET version = version + 1, is_open = NOT is_full,
        next_attempt_at = CASE WHEN is_full THEN now() ELSE next_attempt_at END
    FROM unnest($1::uuid[], $2::boolean[]) AS changed (id, is_full) WHERE delivery_id = id
"""
_ADD = """
    INSERT INTO deliveries (delivery_id, webhook_id, event, is_batch, is_open, created_at, next_attempt_at)
    SELECT delivery_id, webhook_id, $4, true, NOT is_full, now(),
        now() + CASE WHEN is_full THEN 0 ELSE $5 END * interval '1 s'
    FROM unnest($1::uuid[], $2::uuid[], $3::boolean[]) AS new (delivery_id, webhook_id, is_full)
"""
_PUT = """
    INSERT INTO delivered_events (delivery_id, event_id, place)
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::int[])
"""


async def put(
    connection: Connection, told: Mapping[UUID, Sequence[UUID]], *, batch_s: float
) -> Collection[UUID]:
    """Puts the events of each webhook into its open batch, and what it has no room for into others. One that
    is full is due, and takes in no more. Returns the ids of all deliveries that this makes or changes."""
    open_ids = await _locked(connection, sorted(told), batch_s)
    taken = {row["delivery_id"]: row for row in await connection.fetch(_TAKEN, list(open_ids.values()))}
    old: list[_Filled] = []
    new: list[_Filled] = []
    for webhook_id, delivery_id in open_ids.items():
        before = taken.get(delivery_id, {"taken": 0, "last_place": 0})
        first, *others = portions(told[webhook_id], taken=before["taken"])
        old.append(_Filled(delivery_id, webhook_id, first, before["last_place"]))
        new += [_Filled(uuid7(), webhook_id, each) for each in others]
    # The full ones are closed before others are opened.
    await connection.execute(
        _CHANGE, [each.delivery_id for each in old], [each.portion.is_full for each in old]
    )
    await connection.execute(
        _ADD,
        [each.delivery_id for each in new],
        [each.webhook_id for each in new],
        [each.portion.is_full for each in new],
        _EVENT,
        batch_s,
    )
    placed = [each for filled in (*old, *new) for each in filled.placed()]
    await connection.execute(_PUT, *map(list, zip(*placed, strict=True)))
    return [each.delivery_id for each in (*old, *new)]


class _Filled(Struct, frozen=True):
    delivery_id: UUID
    webhook_id: UUID
    portion: Portion[UUID]
    last_place: int = 0

    def placed(self) -> Iterator[tuple[UUID, UUID, int]]:
        for place, event_id in enumerate(self.portion.items, start=self.last_place + 1):
            yield self.delivery_id, event_id, place


async def _locked(connection: Connection, webhook_ids: Sequence[UUID], batch_s: float) -> Mapping[UUID, UUID]:
    """An open batch of each, by the webhook; made where there was none. What is locked was not closed
    meanwhile."""
    found: dict[UUID, UUID] = {}
    while missing := [each for each in webhook_ids if each not in found]:
        await connection.execute(_OPEN, [uuid7() for _ in missing], missing, _EVENT, batch_s)
        rows = await connection.fetch(_LOCK, missing)
        found |= {row["webhook_id"]: row["delivery_id"] for row in rows}
    return found
