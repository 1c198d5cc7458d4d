"""One transaction: a state change and the messages it causes, together or not at all."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from hotgigs.chassis import correlation, outbox
from hotgigs.chassis.database import Connection, Pool
from hotgigs.chassis.outbox import Relay
from hotgigs.contracts.envelope import Envelope, wrap
from hotgigs.contracts.message import Message


class UnitOfWork:
    """``connection`` is inside a transaction that the chassis commits; handlers never do."""

    def __init__(self, connection: Connection, *, source: str) -> None:
        self.connection = connection
        self._source = source
        self._outgoing: list[Envelope] = []

    def publish(self, message: Message) -> None:
        """Sends ``message`` if, and only after, the transaction commits."""
        cause = correlation.current()
        self._outgoing.append(
            wrap(
                message,
                source=self._source,
                correlation_id=cause.correlation_id,
                causation_id=cause.causation_id,
                traceparent=cause.traceparent,
            )
        )

    async def flush(self) -> bool:
        """Writes what was published to the outbox; returns whether there was anything."""
        await outbox.append(self.connection, self._outgoing)
        return bool(self._outgoing)


class UnitsOfWork:
    """Begins units of work for one service."""

    def __init__(self, pool: Pool, relay: Relay, *, source: str) -> None:
        self._pool = pool
        self._relay = relay
        self._source = source

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitOfWork]:
        """Commits on leaving, rolls back on an exception."""
        async with self._pool.acquire() as connection, connection.transaction():
            uow = UnitOfWork(connection, source=self._source)
            yield uow
            has_messages = await uow.flush()
        if has_messages:
            self._relay.wake()
