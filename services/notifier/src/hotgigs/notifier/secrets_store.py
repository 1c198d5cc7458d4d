"""The secrets of webhooks, sealed as they came. None of the queries commits."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

import msgspec
import structlog
from msgspec import Struct

from hotgigs.chassis.database import Connection
from hotgigs.chassis.sealing import Sealing, Unopenable
from hotgigs.contracts import webhook_secret

log = structlog.get_logger(__name__)

MOST_BEFORE = 3
"""Of a webhook, beside its newest: with more rotations than that in a day the oldest ends before its time."""


class SealedSecret(Struct, frozen=True, kw_only=True):
    webhook_id: UUID
    number: int
    sealed: bytes


async def add(connection: Connection, webhook_id: UUID, sealed: bytes) -> None:
    """The first of a webhook."""
    await connection.execute(
        "INSERT INTO secrets (webhook_id, number, sealed) VALUES ($1, 1, $2)", webhook_id, sealed
    )


async def rotate(connection: Connection, webhook_id: UUID, sealed: bytes, *, overlap_s: float) -> datetime:
    """Until when the secret before signs, too. The webhook is locked."""
    await connection.execute(
        "UPDATE secrets SET until = least(until, now() + $2 * interval '1 s') WHERE webhook_id = $1",
        webhook_id,
        overlap_s,
    )
    number: int = await connection.fetchval(
        "INSERT INTO secrets (webhook_id, number, sealed)"
        " SELECT $1, coalesce(max(number), 0) + 1, $2 FROM secrets WHERE webhook_id = $1 RETURNING number",
        webhook_id,
        sealed,
    )
    await connection.execute(
        "DELETE FROM secrets WHERE webhook_id = $1 AND number < $2", webhook_id, number - MOST_BEFORE
    )
    until: datetime = await connection.fetchval("SELECT now() + $1 * interval '1 s'", overlap_s)
    return until


async def signing_keys(
    connection: Connection, webhook_ids: Collection[UUID], sealing: Sealing
) -> Mapping[UUID, tuple[bytes, ...]]:
    """What deliveries to each are signed with now, the newest first. What no key opens is left out, and a
    webhook of which nothing is left."""
    rows = await connection.fetch(
        "SELECT webhook_id, number, sealed FROM secrets"
        " WHERE webhook_id = ANY($1) AND (until IS NULL OR until > now()) ORDER BY number DESC",
        list(webhook_ids),
    )
    keys: dict[UUID, list[bytes]] = defaultdict(list)
    for row in rows:
        webhook_id = row["webhook_id"]
        try:
            keys[webhook_id].append(_key_in(row["sealed"], webhook_id, sealing))
        except (Unopenable, ValueError):
            log.error("webhook_secret_unopenable", webhook_id=str(webhook_id), number=row["number"])
    return {webhook_id: tuple(opened) for webhook_id, opened in keys.items() if opened}


async def sealed_secrets(
    connection: Connection, *, after: tuple[UUID, int], limit: int
) -> list[SealedSecret]:
    """A page in the order of webhooks and numbers."""
    rows = await connection.fetch(
        "SELECT webhook_id, number, sealed FROM secrets WHERE (webhook_id, number) > ($1, $2)"
        " ORDER BY webhook_id, number LIMIT $3",
        *after,
        limit,
    )
    return [msgspec.convert(dict(row), SealedSecret) for row in rows]


async def seal_anew(connection: Connection, secret: SealedSecret, anew: bytes) -> None:
    """Nothing where it is gone by now. The secret of a number never changes."""
    await connection.execute(
        "UPDATE secrets SET sealed = $3 WHERE webhook_id = $1 AND number = $2",
        secret.webhook_id,
        secret.number,
        anew,
    )


async def forget_ended(connection: Connection) -> None:
    await connection.execute("DELETE FROM secrets WHERE until < now()")


def _key_in(sealed: bytes, webhook_id: UUID, sealing: Sealing) -> bytes:
    """Raises Unopenable, or ValueError."""
    opened = sealing.open(sealed, context=webhook_secret.context_of(webhook_id))
    return webhook_secret.key_of(opened.decode())
