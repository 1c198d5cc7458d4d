"""The outbox: messages that committed with the state change that caused them.

The relay publishes and deletes them. A message may be published twice, if the relay dies between the
two; it is never lost, and never published for a change that was rolled back.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from uuid import UUID

import asyncpg
import msgspec
import structlog
from msgspec import Struct

from hotgigs.chassis import database
from hotgigs.chassis.bus.interface import Bus, BusUnavailable, ConfirmLost, PublishFailed, Unroutable
from hotgigs.chassis.database import Connection, Pool
from hotgigs.chassis.logs import describe
from hotgigs.chassis.metrics import OutboxMetrics, PublishFailure
from hotgigs.chassis.notifications import SWEEP_S, Wakeup
from hotgigs.contracts.envelope import Envelope
from hotgigs.contracts.message import Message

log = structlog.get_logger(__name__)

BATCH = 256
RETRY_S = 10.0
PUBLISH_LIMIT_S = 15.0
"""For a batch: the transaction that holds its rows must not sit idle for longer than the database allows."""
MOST = 100_000
"""To which an outbox's rows are counted: a count reads them all."""


async def append(connection: Connection, envelopes: Sequence[Envelope]) -> None:
    """Adds the messages to the caller's transaction."""
    if envelopes:
        await connection.execute(
            "INSERT INTO outbox (subject, envelope) SELECT * FROM unnest($1::text[], $2::bytea[])",
            [envelope.subject for envelope in envelopes],
            [msgspec.msgpack.encode(envelope) for envelope in envelopes],
        )


async def forget(connection: Connection, subjects: Iterable[str]) -> int:
    """Deletes, in the caller's transaction, the messages about ``subjects`` that wait to be published;
    returns how many. One that is being published is waited for, and is on the bus then."""
    rows = await connection.fetch("DELETE FROM outbox WHERE subject = ANY($1) RETURNING id", list(subjects))
    return len(rows)


async def rewrite(connection: Connection, words: Iterable[str], change: Callable[[Message], Message]) -> None:
    """Has ``change`` make the messages anew, in the caller's transaction, that wait to be published and have
    one of ``words`` in them. One that is being published is waited for, and is on the bus then."""
    rows = await connection.fetch(
        "SELECT id, envelope FROM outbox WHERE EXISTS"
        " (SELECT FROM unnest($1::bytea[]) AS word WHERE position(word IN envelope) > 0) FOR UPDATE",
        [word.encode() for word in words],
    )
    envelopes, _ = _decoded(rows)
    for row, envelope in envelopes.items():
        message = envelope.open()
        changed = change(message)
        if changed != message:
            made_anew = msgspec.structs.replace(envelope, data=msgspec.json.encode(changed))
            await connection.execute(
                "UPDATE outbox SET envelope = $2 WHERE id = $1",
                row,
                msgspec.msgpack.encode(made_anew),
            )


class Backlog(Struct, frozen=True, kw_only=True):
    """What an outbox holds at one moment."""

    messages: int
    """That wait to be published, counted up to `MOST`."""
    oldest_s: float
    """For how long the oldest of them has waited, in seconds; 0 without any."""
    unreadable: int
    """Rows that are kept back because they hold no message."""


async def backlog(connection: Connection) -> Backlog:
    """Raises what asyncpg raises."""
    row = await connection.fetchrow(
        "SELECT (SELECT count(*) FROM (SELECT FROM outbox WHERE publish_after < 'infinity' LIMIT $1) AS w),"
        " coalesce((SELECT extract(epoch FROM clock_timestamp() - created_at)::float8 FROM outbox"
        "   WHERE publish_after < 'infinity' ORDER BY id LIMIT 1), 0),"
        " (SELECT count(*) FROM (SELECT FROM outbox WHERE publish_after = 'infinity' LIMIT $1) AS k)",
        MOST,
    )
    assert row is not None
    return Backlog(messages=row[0], oldest_s=max(0.0, row[1]), unreadable=row[2])


class Relay:
    """Publishes a service's outbox. Any number may run at once; each takes other rows."""

    def __init__(self, pool: Pool, bus: Bus, *, service: str) -> None:
        self._pool = pool
        self._bus = bus
        self._wakeup = Wakeup()
        self._limit = BATCH
        self._metrics = OutboxMetrics(service)

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
                limit = self._limit
                while await self.publish_batch() == limit:
                    limit = self._limit
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
                self._limit,
            )
            envelopes, unreadable = _decoded(rows)
            failures = await self._publish(envelopes)
            published = [row for row, envelope in envelopes.items() if envelope.id not in failures]
            if published:
                await connection.execute("DELETE FROM outbox WHERE id = ANY($1)", published)
            if held_up := self._held_up(envelopes, failures):
                await connection.execute(_POSTPONE, held_up, RETRY_S)
            if unreadable:
                log.error("outbox_rows_unreadable", rows=unreadable)
                await connection.execute(_KEEP_BACK, unreadable)
        self._metrics.published.inc(len(published))
        self._metrics.failed("unreadable", len(unreadable))
        for failure in failures.values():
            self._metrics.failed(_reason(failure))
        lost = next((f for f in failures.values() if isinstance(f, BusUnavailable)), None)
        # A message that costs the bus its connection takes its neighbours along: until all is well
        # again they go one by one.
        self._limit = 1 if isinstance(lost, ConfirmLost) else min(BATCH, self._limit * 2)
        if lost is not None:
            raise lost
        return len(rows)

    async def _publish(self, envelopes: Mapping[int, Envelope]) -> Mapping[UUID, Unroutable | BusUnavailable]:
        if not envelopes:
            return {}
        try:
            async with asyncio.timeout(PUBLISH_LIMIT_S):
                await self._bus.publish(list(envelopes.values()))
        except PublishFailed as err:
            return err.failures
        except TimeoutError:  # a bus that takes what is sent and says nothing; what it has comes twice
            away = BusUnavailable("the bus does not answer")
            return {envelope.id: away for envelope in envelopes.values()}
        return {}

    def _held_up(
        self, envelopes: Mapping[int, Envelope], failures: Mapping[UUID, Unroutable | BusUnavailable]
    ) -> list[int]:
        """Rows that must not stand in the way of others: those that nobody takes now, and one that was
        alone when the bus went away."""
        held_up = []
        for row, envelope in envelopes.items():
            failure = failures.get(envelope.id)
            if isinstance(failure, Unroutable) or (isinstance(failure, ConfirmLost) and len(envelopes) == 1):
                log.error("not_published", message_id=str(envelope.id), error=describe(failure))
                held_up.append(row)
        return held_up


def _reason(failure: Unroutable | BusUnavailable) -> PublishFailure:
    if isinstance(failure, Unroutable):
        return "unroutable"
    return "confirm_lost" if isinstance(failure, ConfirmLost) else "bus_unavailable"


_POSTPONE = "UPDATE outbox SET publish_after = now() + $2 * interval '1 s' WHERE id = ANY($1)"
_KEEP_BACK = "UPDATE outbox SET publish_after = 'infinity' WHERE id = ANY($1)"


def _decoded(rows: Sequence[asyncpg.Record]) -> tuple[dict[int, Envelope], list[int]]:
    """The messages by row, and the rows that hold none."""
    envelopes: dict[int, Envelope] = {}
    unreadable: list[int] = []
    for row in rows:
        try:
            envelopes[row["id"]] = msgspec.msgpack.decode(row["envelope"], type=Envelope)
        except msgspec.MsgspecError:
            unreadable.append(row["id"])
    return envelopes, unreadable
