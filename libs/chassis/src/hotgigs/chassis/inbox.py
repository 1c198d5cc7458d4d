"""The inbox: which messages a queue's handler has had its effect for.

A claim lies in the same transaction as the effect, so a message that is delivered twice has its effect
once. A second delivery that runs at the same time waits for the first one's transaction.
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from hotgigs.chassis.database import Connection

KEPT = timedelta(days=14)
"""Far longer than a message can go round the delay queues, or a dead letter is worth replaying blindly."""


async def claim(connection: Connection, queue: str, message_ids: Sequence[UUID]) -> set[UUID]:
    """Claims the messages inside the caller's transaction; returns those that were not claimed before."""
    rows = await connection.fetch(
        "INSERT INTO inbox (queue, message_id) SELECT $1, unnest($2::uuid[])"
        " ON CONFLICT DO NOTHING RETURNING message_id",
        queue,
        sorted(message_ids),
    )
    return {row["message_id"] for row in rows}


async def is_claimed(connection: Connection, queue: str, message_id: UUID) -> bool:
    return bool(
        await connection.fetchval(
            "SELECT true FROM inbox WHERE queue = $1 AND message_id = $2", queue, message_id
        )
    )


async def forget_old(connection: Connection) -> None:
    await connection.execute("DELETE FROM inbox WHERE handled_at < now() - $1::interval", KEPT)
