"""One transaction: a state change and the messages it causes, together or not at all."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Concatenate, ParamSpec, TypeVar

from hotgigs.chassis import database, outbox
from hotgigs.chassis.database import Connection, Pool
from hotgigs.chassis.outbox import Relay
from hotgigs.chassis.tracing import UNTRACED, Span, Tracer, enveloped
from hotgigs.contracts.envelope import Envelope
from hotgigs.contracts.message import Message

P = ParamSpec("P")
T = TypeVar("T")

PING_TIMEOUT_S = 5.0


class UnitOfWork:
    """``connection`` is inside a transaction that the chassis commits; handlers never do."""

    def __init__(self, connection: Connection, *, source: str, tracer: Tracer = UNTRACED) -> None:
        self.connection = connection
        self._source = source
        self._tracer = tracer
        self._outgoing: list[Envelope] = []
        self._sending: list[Span] = []

    def publish(self, message: Message) -> None:
        """Sends ``message`` if, and only after, the transaction commits."""
        envelope, span = enveloped(message, source=self._source, tracer=self._tracer)
        self._outgoing.append(envelope)
        self._sending.append(span)

    @property
    def has_messages(self) -> bool:
        return bool(self._outgoing)

    async def flush(self) -> bool:
        """Writes what was published to the outbox; returns whether there was anything."""
        await outbox.append(self.connection, self._outgoing)
        return self.has_messages

    def committed(self) -> None:
        """Ends the spans of what was sent; those of a transaction that rolls back are never told of."""
        for span in self._sending:
            span.end()


class UnitsOfWork:
    """Begins units of work for one service."""

    def __init__(self, pool: Pool, relay: Relay, *, source: str, tracer: Tracer = UNTRACED) -> None:
        self._pool = pool
        self._relay = relay
        self._source = source
        self.tracer = tracer
        """The service's."""

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitOfWork]:
        """Commits on leaving, rolls back on an exception."""
        async with self._pool.acquire() as connection, connection.transaction():
            uow = UnitOfWork(connection, source=self._source, tracer=self.tracer)
            yield uow
            has_messages = await uow.flush()
        if has_messages:
            uow.committed()
            self._relay.wake()

    async def read(
        self, query: Callable[Concatenate[Connection, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """The answer of one query, outside of any transaction."""
        async with self._pool.acquire() as connection:
            return await query(connection, *args, **kwargs)

    async def are_possible(self) -> bool:
        """Whether the database answers now."""
        try:
            async with asyncio.timeout(PING_TIMEOUT_S), self._pool.acquire() as connection:
                await connection.execute("SELECT 1")
        except database.CONNECTION_LOST:
            return False
        return True
