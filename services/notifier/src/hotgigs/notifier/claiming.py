"""Which process tries which deliveries: each is taken under a token, until its lease is out. None commits."""

from collections.abc import Collection, Mapping
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct

from hotgigs.chassis.database import Connection


class DueWebhook(Struct, frozen=True, kw_only=True):
    """An active webhook with deliveries that are due and not in hand: ``due`` of them, as far as counted.
    ``in_hand`` are those of it that any process tries now."""

    webhook_id: UUID
    owner_id: UUID
    url: str
    due: int
    in_hand: int
    is_failing: bool
    mean_duration_ms: float

    def __repr__(self) -> str:
        return f"DueWebhook({self.webhook_id})"


class Claimed(Struct, frozen=True, kw_only=True):
    """A delivery in hand, as it was when it was taken."""

    delivery_id: UUID
    webhook_id: UUID
    owner_id: UUID
    token: UUID
    url: str
    is_batch: bool = False
    waited_s: float | None
    """Since it was made; None where it was tried before."""
    failing_s: float | None
    """Since its webhook's first failure after what it accepted last; None for one that is well."""

    def __repr__(self) -> str:
        return f"Claimed({self.delivery_id})"


async def due_webhooks(connection: Connection, *, most_each: int) -> list[DueWebhook]:
    """At most ``most_each`` are counted of each."""
    rows = await connection.fetch(_DUE_WEBHOOKS, most_each)
    return [msgspec.convert(dict(row), DueWebhook) for row in rows]


async def next_due_in_s(connection: Connection) -> float | None:
    """Until the first delivery that is not due yet is; None where there is none."""
    seconds: float | None = await connection.fetchval(_NEXT_DUE)
    return seconds


async def claim(
    connection: Connection, shares: Mapping[UUID, int], limits: Mapping[UUID, int], *, lease_s: float
) -> tuple[list[Claimed], bool]:
    """At most so many of each webhook, those due longest, and no more than so many of it in hand in all
    processes together. Batches among them take in no more. And whether there is a webhook that another
    transaction has just now: it is not waited for, and nothing of it is taken."""
    free = await connection.fetch(_LOCK, list(shares))
    webhook_ids = [row["webhook_id"] for row in free]
    # A statement of its own: what others have taken before the lock is seen by it.
    rows = await connection.fetch(
        _CLAIM,
        webhook_ids,
        [shares[each] for each in webhook_ids],
        [limits[each] for each in webhook_ids],
        uuid4(),
        lease_s,
    )
    return [msgspec.convert(dict(row), Claimed) for row in rows], len(webhook_ids) < len(shares)


async def give_back(connection: Connection, held: Collection[Claimed], *, after_s: float = 0.0) -> None:
    """For any process to try, ``after_s`` seconds from now; nothing where a lease is lost."""
    await connection.execute(
        "UPDATE deliveries AS d SET lease_token = NULL, lease_until = NULL,"
        "  next_attempt_at = CASE WHEN $3 > 0 THEN now() + $3 * interval '1 s' ELSE next_attempt_at END"
        " FROM unnest($1::uuid[], $2::uuid[]) AS held (delivery_id, token)"
        " WHERE d.delivery_id = held.delivery_id AND d.lease_token = held.token AND d.status = 'pending'",
        [each.delivery_id for each in held],
        [each.token for each in held],
        after_s,
    )


_IS_FREE = "d.status = 'pending' AND (d.lease_until IS NULL OR d.lease_until <= now())"

_DUE_WEBHOOKS = f"""
SELECT w.webhook_id, w.owner_user_id AS owner_id, w.url, due.count AS due, in_hand.count AS in_hand,
    h.failing_since IS NOT NULL AS is_failing, h.mean_duration_ms
FROM webhooks AS w JOIN health AS h USING (webhook_id)
CROSS JOIN LATERAL (SELECT count(*) FROM (
    SELECT FROM deliveries AS d
    WHERE d.webhook_id = w.webhook_id AND d.next_attempt_at <= now() AND {_IS_FREE} LIMIT $1) AS d) AS due
CROSS JOIN LATERAL (SELECT count(*) FROM deliveries AS d WHERE d.webhook_id = w.webhook_id
    AND d.lease_token IS NOT NULL AND d.lease_until > now()) AS in_hand
WHERE w.is_active AND due.count > 0
"""  # noqa: S608 - the condition is our own

_NEXT_DUE = f"""
SELECT extract(epoch FROM min(next.at) - clock_timestamp())::float8
FROM webhooks AS w
CROSS JOIN LATERAL (
    SELECT d.next_attempt_at AS at FROM deliveries AS d
    WHERE d.webhook_id = w.webhook_id AND d.next_attempt_at > now() AND {_IS_FREE}
    ORDER BY d.next_attempt_at LIMIT 1) AS next
WHERE w.is_active
"""  # noqa: S608 - the condition is our own

_LOCK = """
SELECT webhook_id FROM health WHERE webhook_id = ANY($1) ORDER BY webhook_id FOR NO KEY UPDATE SKIP LOCKED
"""

_CLAIM = f"""
WITH chosen AS (
    SELECT free.delivery_id, share.webhook_id
    FROM unnest($1::uuid[], $2::int[], $3::int[]) AS share (webhook_id, slots, most)
    CROSS JOIN LATERAL (SELECT count(*) FROM deliveries AS d WHERE d.webhook_id = share.webhook_id
        AND d.lease_token IS NOT NULL AND d.lease_until > now()) AS in_hand
    CROSS JOIN LATERAL (
        SELECT d.delivery_id FROM deliveries AS d
        WHERE d.webhook_id = share.webhook_id AND d.next_attempt_at <= now() AND {_IS_FREE}
        ORDER BY d.next_attempt_at LIMIT greatest(0, least(share.slots, share.most - in_hand.count))
        FOR NO KEY UPDATE SKIP LOCKED) AS free
)
UPDATE deliveries AS d SET
    lease_token = $4, lease_until = now() + $5 * interval '1 s', is_open = false
FROM chosen JOIN webhooks AS w USING (webhook_id) JOIN health AS h USING (webhook_id)
WHERE d.delivery_id = chosen.delivery_id AND w.is_active
RETURNING d.delivery_id, d.webhook_id, w.owner_user_id AS owner_id, d.lease_token AS token,
    w.url, d.is_batch,
    CASE WHEN d.attempt_count = 0 THEN extract(epoch FROM now() - d.created_at)::float8 END AS waited_s,
    extract(epoch FROM now() - h.failing_since)::float8 AS failing_s
"""  # noqa: S608 - the condition is our own
