"""The statements of the embedded bus. Every one is atomic on its own."""

from collections.abc import Sequence, Set
from datetime import timedelta
from uuid import UUID

import msgspec
from msgspec import Struct

from hotgigs.chassis.bus.interface import DELIVERY_LIMIT, DeadLetter, Depth, Queue
from hotgigs.chassis.database import Connection
from hotgigs.contracts.envelope import Envelope


class Leased(Struct, frozen=True):
    id: int
    envelope: Envelope | None
    """None where the row holds no message."""
    tries: int


async def declare(connection: Connection, queues: Sequence[Queue]) -> None:
    await connection.execute(
        "INSERT INTO queues (name, routing_key) SELECT * FROM unnest($1::text[], $2::text[])"
        " ON CONFLICT (name) DO UPDATE SET routing_key = excluded.routing_key"
        " WHERE queues.routing_key <> excluded.routing_key",
        [queue.name for queue in queues],
        [queue.routing_key for queue in queues],
    )


async def insert(
    connection: Connection, channel: str, envelopes: Sequence[Envelope], *, only: str | None = None
) -> dict[UUID, list[str]]:
    """Copies each message into every queue that takes it, or into the queue named ``only``; returns the
    queues of each that has any.

    To be called in a transaction, which makes all of it visible at once.
    """
    rows = await connection.fetch(
        "INSERT INTO deliveries (queue, message_id, subject, envelope)"
        " SELECT queues.name, message.id, message.subject, message.envelope"
        " FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[])"
        "   WITH ORDINALITY AS message (id, routing_key, subject, envelope, place)"
        " JOIN queues USING (routing_key) WHERE queues.name = coalesce($5, queues.name) ORDER BY place"
        " RETURNING message_id, queue",
        [envelope.id for envelope in envelopes],
        [envelope.routing_key for envelope in envelopes],
        [envelope.subject for envelope in envelopes],
        [msgspec.msgpack.encode(envelope) for envelope in envelopes],
        only,
    )
    queues_of: dict[UUID, list[str]] = {}
    for row in rows:
        queues_of.setdefault(row["message_id"], []).append(row["queue"])
    await _notify(connection, channel, sorted({row["queue"] for row in rows}))
    return queues_of


async def lease(
    connection: Connection, queue: str, holder: UUID, duration: timedelta, limit: int
) -> list[Leased]:
    """Takes the oldest free rows. A row that was taken too often without an answer is put aside."""
    rows = await connection.fetch(
        "WITH free AS ("
        "  SELECT id FROM deliveries"
        "  WHERE queue = $1 AND died_at IS NULL AND visible_at <= now()"
        "    AND (leased_until IS NULL OR leased_until < now())"
        "  ORDER BY id LIMIT $4 FOR UPDATE SKIP LOCKED"
        ") UPDATE deliveries SET"
        "  times_delivered = times_delivered + 1,"
        "  lease = CASE WHEN times_delivered < $5 THEN $2::uuid END,"
        "  leased_until = CASE WHEN times_delivered < $5 THEN now() + $3::interval END,"
        "  died_at = CASE WHEN times_delivered < $5 THEN NULL ELSE now() END,"
        "  reason = CASE WHEN times_delivered < $5 THEN NULL"
        "    ELSE 'delivered ' || times_delivered || ' times without an answer' END"
        " FROM free WHERE deliveries.id = free.id"
        " RETURNING deliveries.id, envelope, tries, died_at IS NULL AS is_alive",
        queue,
        holder,
        duration,
        limit,
        DELIVERY_LIMIT,
    )
    return [
        Leased(row["id"], _decode(row["envelope"]), row["tries"])
        for row in sorted(rows, key=lambda row: int(row["id"]))
        if row["is_alive"]
    ]


async def renew(connection: Connection, holder: UUID, duration: timedelta) -> None:
    await connection.execute(
        "UPDATE deliveries SET leased_until = now() + $2::interval WHERE lease = $1", holder, duration
    )


async def delete(connection: Connection, holder: UUID, ids: Sequence[int]) -> None:
    await connection.execute("DELETE FROM deliveries WHERE lease = $1 AND id = ANY($2)", holder, ids)


async def retry(connection: Connection, holder: UUID, ids: Sequence[int], delay: timedelta) -> None:
    await connection.execute(
        "UPDATE deliveries SET lease = NULL, leased_until = NULL, times_delivered = 0, tries = tries + 1,"
        " visible_at = now() + $3::interval WHERE lease = $1 AND id = ANY($2)",
        holder,
        ids,
        delay,
    )


async def put_aside(connection: Connection, holder: UUID, ids: Sequence[int], reason: str) -> None:
    await connection.execute(
        "UPDATE deliveries SET lease = NULL, leased_until = NULL, died_at = now(), reason = $3"
        " WHERE lease = $1 AND id = ANY($2)",
        holder,
        ids,
        reason[:500],
    )


async def give_back(connection: Connection, channel: str, holder: UUID, ids: Sequence[int] | None) -> None:
    """Frees the holder's rows, all of them without ``ids``, as if they had not been delivered."""
    rows = await connection.fetch(
        "UPDATE deliveries SET lease = NULL, leased_until = NULL, times_delivered = times_delivered - 1"
        " WHERE lease = $1 AND ($2::bigint[] IS NULL OR id = ANY($2)) RETURNING queue",
        holder,
        ids,
    )
    await _notify(connection, channel, sorted({row["queue"] for row in rows}))


async def queues_with_work(connection: Connection) -> list[str]:
    rows = await connection.fetch(
        "SELECT name FROM queues WHERE EXISTS ("
        "  SELECT FROM deliveries WHERE queue = name AND died_at IS NULL AND visible_at <= now()"
        "    AND (leased_until IS NULL OR leased_until < now()))"
    )
    return [row["name"] for row in rows]


async def depths(connection: Connection, queues: Sequence[str]) -> dict[str, Depth]:
    rows = await connection.fetch(
        "SELECT name, count(visible_at) FILTER (WHERE is_free) AS messages,"
        "  count(died_at) AS dead_letters,"
        "  extract(epoch FROM now() - min(visible_at) FILTER (WHERE is_free))::float8 AS oldest_s"
        " FROM queues LEFT JOIN ("
        "  SELECT queue, visible_at, died_at, died_at IS NULL AND visible_at <= now()"
        "    AND (leased_until IS NULL OR leased_until < now()) AS is_free FROM deliveries"
        ") AS delivery ON queue = name WHERE name = ANY($1) GROUP BY name",
        queues,
    )
    return {
        row["name"]: Depth(
            messages=row["messages"], dead_letters=row["dead_letters"], oldest_s=row["oldest_s"]
        )
        for row in rows
    }


async def dead_letters(connection: Connection, queue: str, limit: int) -> list[DeadLetter]:
    rows = await connection.fetch(
        "SELECT envelope, tries, reason, died_at FROM deliveries"
        " WHERE queue = $1 AND died_at IS NOT NULL ORDER BY id LIMIT $2",
        queue,
        limit,
    )
    return [
        DeadLetter(
            queue=queue,
            envelope=envelope,
            tries=row["tries"],
            reason=row["reason"],
            died_at=row["died_at"],
        )
        for row in rows
        if (envelope := _decode(row["envelope"])) is not None
    ]


async def replay(connection: Connection, channel: str, queue: str, message_ids: set[UUID] | None) -> int:
    rows = await connection.fetch(
        "UPDATE deliveries SET died_at = NULL, reason = NULL, tries = 0, times_delivered = 0,"
        " visible_at = now() WHERE queue = $1 AND died_at IS NOT NULL"
        " AND ($2::uuid[] IS NULL OR message_id = ANY($2)) RETURNING id",
        queue,
        None if message_ids is None else list(message_ids),
    )
    await _notify(connection, channel, [queue])
    return len(rows)


async def discard(connection: Connection, queue: str, subjects: Set[str]) -> int:
    rows = await connection.fetch(
        "DELETE FROM deliveries WHERE queue = $1 AND died_at IS NOT NULL AND subject = ANY($2) RETURNING id",
        queue,
        list(subjects),
    )
    return len(rows)


async def _notify(connection: Connection, channel: str, queues: Sequence[str]) -> None:
    if queues:
        await connection.execute(
            "SELECT pg_notify($1, queue) FROM unnest($2::text[]) AS queue", channel, queues
        )


def _decode(row: bytes) -> Envelope | None:
    try:
        return msgspec.msgpack.decode(row, type=Envelope)
    except msgspec.MsgspecError:
        return None
