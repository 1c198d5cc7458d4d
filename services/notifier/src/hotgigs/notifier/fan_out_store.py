"""The queries by which it is found who hears of what happened, and by which it is told. None commits.

They take locks in this order: events, which are never waited for; webhooks; told matches; open batches
(`hotgigs.notifier.batch_store`). Each by their ids.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

from msgspec import Struct

from hotgigs.chassis.database import Connection
from hotgigs.contracts.webhook_events import WebhookEvent
from hotgigs.notifier.audience import Viewer, Webhook
from hotgigs.notifier.happened import Happened, delivery_id_of
from hotgigs.notifier.sight_store import EVENT_COLUMNS, happened_of

_WAITING = f"""
    SELECT {EVENT_COLUMNS}
    FROM events AS e
    LEFT JOIN candidates AS c ON c.candidate_id = e.candidate_id
    LEFT JOIN candidates AS survivor ON survivor.candidate_id = c.survivor_id
    LEFT JOIN jobs AS j ON j.job_id = e.job_id
    WHERE e.fanned_out_at IS NULL
        AND (e.candidate_version = 0
            OR c.version >= e.candidate_version AND survivor.candidate_id IS NOT NULL)
        AND (e.job_version = 0 OR j.version >= e.job_version)
    ORDER BY e.number LIMIT $1 FOR NO KEY UPDATE OF e SKIP LOCKED
"""  # noqa: S608 - the column names are our own
_LISTENING = """
    SELECT w.webhook_id, w.events, w.is_batched, w.min_score, w.created_at, o.user_id, o.role
    FROM webhooks AS w JOIN owners AS o ON o.user_id = w.owner_user_id
    WHERE w.is_active AND o.is_active AND w.events && $1
"""
_STILL_ON = """
    SELECT webhook_id FROM webhooks WHERE webhook_id = ANY($1) AND is_active ORDER BY webhook_id FOR SHARE
"""
_TELL_MATCHES = """
    INSERT INTO told_matches (webhook_id, job_id, candidate_id, version)
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[])
        AS told (webhook_id, job_id, candidate_id, version) ORDER BY webhook_id, job_id, candidate_id
    ON CONFLICT DO NOTHING
    RETURNING webhook_id, job_id, candidate_id
"""
_ADD = """
    WITH told AS (
        SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[])
            AS told (delivery_id, webhook_id, event, event_id)
    ), added AS (
        INSERT INTO deliveries (delivery_id, webhook_id, event, created_at, next_attempt_at)
        SELECT delivery_id, webhook_id, event, now(), now() FROM told
        ON CONFLICT DO NOTHING RETURNING delivery_id
    )
    INSERT INTO delivered_events (delivery_id, event_id, place)
    SELECT delivery_id, event_id, 1 FROM told JOIN added USING (delivery_id)
    RETURNING delivery_id
"""


class Told(Struct, frozen=True):
    """An event, and a webhook that is to hear it."""

    happened: Happened
    webhook: Webhook


async def waiting(connection: Connection, limit: int) -> list[Happened]:
    """The oldest events whose hearers can be found now, locked to the end of the transaction; without those
    that another has locked."""
    return [happened_of(row) for row in await connection.fetch(_WAITING, limit)]


async def listening(connection: Connection, events: Collection[WebhookEvent]) -> list[Webhook]:
    """The webhooks that are on and want any of ``events``."""
    rows = await connection.fetch(_LISTENING, list(events))
    return [
        Webhook(
            webhook_id=row["webhook_id"],
            owner=Viewer(user_id=row["user_id"], role=row["role"]),
            events=frozenset(row["events"]),
            is_batched=row["is_batched"],
            min_score=row["min_score"],
            created_at=row["created_at"],
        )
        for row in rows
    ]


async def still_on(connection: Connection, webhook_ids: Collection[UUID]) -> set[UUID]:
    """Those of them that are, and are on; they stay so to the end of the transaction."""
    rows = await connection.fetch(_STILL_ON, list(webhook_ids))
    return {row["webhook_id"] for row in rows}


async def not_told_before(connection: Connection, told: Sequence[Told]) -> list[Told]:
    """Of matches, those whose pair the webhook was not told of; from now on it was. Of several events of one
    pair the newest."""
    newest = {_pair(each): each for each in sorted(told, key=lambda each: each.happened.version)}
    rows = await connection.fetch(
        _TELL_MATCHES,
        [each.webhook.webhook_id for each in newest.values()],
        [each.happened.job_id for each in newest.values()],
        [each.happened.candidate_id for each in newest.values()],
        [each.happened.version for each in newest.values()],
    )
    is_new = {(row["webhook_id"], row["job_id"], row["candidate_id"]) for row in rows}
    return [each for each in told if _pair(each) in is_new and newest[_pair(each)] is each]


async def add(connection: Connection, told: Sequence[Told]) -> Sequence[UUID]:
    """Deliveries of one event each, due now; returns their ids, without those that there were."""
    rows = await connection.fetch(
        _ADD,
        [delivery_id_of(each.webhook.webhook_id, each.happened.event_id) for each in told],
        [each.webhook.webhook_id for each in told],
        [each.happened.event for each in told],
        [each.happened.event_id for each in told],
    )
    return [row["delivery_id"] for row in rows]


async def done(connection: Connection, happened: Collection[Happened]) -> None:
    """All who hear of them are told."""
    await connection.execute(
        "UPDATE events SET fanned_out_at = now() WHERE event_id = ANY($1)",
        [each.event_id for each in happened],
    )


def _pair(told: Told) -> tuple[UUID, UUID | None, UUID | None]:
    return told.webhook.webhook_id, told.happened.job_id, told.happened.candidate_id
