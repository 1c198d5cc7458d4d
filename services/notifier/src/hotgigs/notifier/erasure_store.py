"""The queries of erasing. None commits; the ids are buried (`hotgigs.notifier.tombstones`)."""

from collections.abc import Collection
from uuid import UUID

from msgspec import Struct

from hotgigs.chassis.database import Connection

_LOCK_EVENTS = """
    SELECT event_id FROM events WHERE candidate_id = ANY($1) OR resume_id = ANY($2)
    ORDER BY event_id FOR UPDATE
"""
_THOSE_OF = """
    SELECT candidate_id FROM candidates WHERE candidate_id <> ALL($1) AND survivor_id IN (
        SELECT survivor_id FROM candidates JOIN resume_contacts USING (candidate_id)
        WHERE resume_id = ANY($2))
"""
_TOLD_OF = """
    SELECT DISTINCT d.delivery_id, d.webhook_id
    FROM events AS e JOIN delivered_events USING (event_id) JOIN deliveries AS d USING (delivery_id)
    WHERE e.candidate_id = ANY($1) OR e.resume_id = ANY($2)
"""
_LOCK = (
    "SELECT FROM webhooks WHERE webhook_id = ANY($1) ORDER BY webhook_id FOR NO KEY UPDATE",
    "SELECT FROM health WHERE webhook_id = ANY($1) ORDER BY webhook_id FOR NO KEY UPDATE",
)
_LOCK_DELIVERIES = """
    SELECT delivery_id FROM deliveries WHERE delivery_id = ANY($1) ORDER BY delivery_id FOR UPDATE
"""
# Whoever has one in hand records nothing: what is answered now may still be about the erased.
_THIN_OUT = """
    UPDATE deliveries SET version = version + 1, lease_token = NULL, lease_until = NULL
    WHERE delivery_id = ANY($1) RETURNING delivery_id
"""
_REMOVE = tuple(
    f"DELETE FROM {table} WHERE candidate_id = ANY($1)"  # noqa: S608 - the names are our own
    for table in ("candidates", "resume_contacts", "access", "consents", "told_matches")
)


class Named(Struct, frozen=True, kw_only=True):
    """``others`` are candidates who stay, of whom what is erased told something."""

    candidate_ids: tuple[UUID, ...]
    resume_ids: tuple[UUID, ...]
    others: tuple[UUID, ...]


async def named(
    connection: Connection, candidate_ids: Collection[UUID], resume_ids: Collection[UUID]
) -> Named:
    rows = await connection.fetch(_THOSE_OF, list(candidate_ids), list(resume_ids))
    return Named(
        candidate_ids=tuple(candidate_ids),
        resume_ids=tuple(resume_ids),
        others=tuple(row["candidate_id"] for row in rows),
    )


async def forget_deliveries(connection: Connection, of: Named) -> list[UUID]:
    """With the events that they told of. Returns those that are left, since they told of others too, without
    anything that was answered; they are in a version that was never told."""
    event_ids = [
        row["event_id"] for row in await connection.fetch(_LOCK_EVENTS, of.candidate_ids, of.resume_ids)
    ]
    touched = await _lock_told_of(connection, of)
    await connection.execute("DELETE FROM events WHERE event_id = ANY($1)", event_ids)
    await connection.execute(
        "DELETE FROM deliveries AS d WHERE delivery_id = ANY($1)"
        " AND NOT EXISTS (SELECT FROM delivered_events AS t WHERE t.delivery_id = d.delivery_id)",
        touched,
    )
    await connection.execute("UPDATE attempts SET answer = '' WHERE delivery_id = ANY($1)", touched)
    left = await connection.fetch(_THIN_OUT, touched)
    return [row["delivery_id"] for row in left]


async def _lock_told_of(connection: Connection, of: Named) -> list[UUID]:
    """No other comes to tell of the erased, whose events are locked."""
    rows = await connection.fetch(_TOLD_OF, [*of.candidate_ids, *of.others], of.resume_ids)
    for statement in _LOCK:
        await connection.execute(statement, [row["webhook_id"] for row in rows])
    locked = await connection.fetch(_LOCK_DELIVERIES, [row["delivery_id"] for row in rows])
    return [row["delivery_id"] for row in locked]


async def remove(connection: Connection, of: Named) -> None:
    """All else."""
    await connection.execute("DELETE FROM resume_contacts WHERE resume_id = ANY($1)", of.resume_ids)
    for statement in _REMOVE:
        await connection.execute(statement, of.candidate_ids)
