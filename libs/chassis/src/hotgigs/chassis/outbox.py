"""The outbox: messages that committed with the state change that caused them.

The relay publishes and deletes them. A message may be published twice, if the relay dies between the
two; it is never lost, and never published for a change that was rolled back.
"""

import asyncio
from collections.abc import Sequence

import asyncpg
import msgspec
import structlog

from hotgigs.chassis import database
from hotgigs.chassis.bus.interface import Bus, BusUnavailable, PublishFailed
from hotgigs.chassis.database import Connection, Pool
from hotgigs.chassis.notifications import SWEEP_S, Wakeup
from hotgigs.contracts.envelope import Envelope

log = structlog.get_logger(__name__)

BATCH = 256
RETRY_UNROUTABLE_S = 10.0


async def append(connection: Connection, envelopes: Sequence[Envelope]) -> None:
    """Adds the messages to the caller's transaction."""
    if envelopes:
        await connection.execute(
            "INSERT INTO outbox (subject, envelope) SELECT * FROM unnest($1::text[], $2::bytea[])",
            [envelope.subject for envelope in envelopes],
            [msgspec.msgpack.encode(envelope) for envelope in envelopes],
        )


class Relay:
    """Publishes a service's outbox. Any number may run at once; each takes other rows."""

    def __init__(self, pool: Pool, bus: Bus) -> None:
        self._pool = pool
        self._bus = bus
        self._wakeup = Wakeup()

    def wake(self) -> None:
        """To be called after a commit that appended messages.

        Every process that appends runs a relay, so the hint need not go through the database; rows of
        a process that died are found by the sweep.
        """
        self._wakeup.wake()

    async def run(self) -> None:
        """Publishes until cancelled, through any absence of bus or database."""
        while True:
            try:
                while await self.publish_batch() == BATCH:
                    pass
            except (BusUnavailable, *database.CONNECTION_LOST) as err:
                log.warning("outbox_waits", error=type(err).__name__)
                await asyncio.sleep(SWEEP_S)
            except asyncpg.PostgresError as err:
                log.error("outbox_failed", error=type(err).__name__)
                await asyncio.sleep(SWEEP_S)
            await self._wakeup.wait(SWEEP_S)

    async def publish_batch(self) -> int:
        """Publishes the oldest messages that are due; returns how many rows it looked at.

        Raises BusUnavailable, or what asyncpg raises; what was not confirmed then stays.
        """
        async with self._pool.acquire() as connection, connection.transaction():
            rows = await connection.fetch(
                "SELECT id, envelope FROM outbox WHERE publish_after <= now()"
                " ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED",
                BATCH,
            )
            if not rows:
                return 0
            envelopes = {row["id"]: _decode(row["envelope"]) for row in rows}
            failed: set[int] = set()
            lost: BusUnavailable | None = None
            try:
                await self._bus.publish(list(envelopes.values()))
            except PublishFailed as err:
                failed = {row for row, envelope in envelopes.items() if envelope.id in err.failures}
                lost = next((e for e in err.failures.values() if isinstance(e, BusUnavailable)), None)
                for envelope_id, failure in err.failures.items():
                    log.error("not_published", message_id=str(envelope_id), error=type(failure).__name__)
            await connection.execute("DELETE FROM outbox WHERE id = ANY($1)", [*envelopes.keys() - failed])
            if failed and lost is None:
                # Nobody takes these now; they must not stand in the way of those that somebody takes.
                await connection.execute(
                    "UPDATE outbox SET publish_after = now() + $2 * interval '1 s' WHERE id = ANY($1)",
                    [*failed],
                    RETRY_UNROUTABLE_S,
                )
        if lost is not None:
            raise lost
        return len(rows)


def _decode(row: bytes) -> Envelope:
    return msgspec.msgpack.decode(row, type=Envelope)
