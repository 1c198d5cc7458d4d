"""Connections and channels to RabbitMQ over aio-pika.

Recovery is ours: a lost connection ends what runs on it with BusUnavailable, and whoever needs one asks
anew. The library's robust connections are not used, because consumers restored behind one's back are what
has been reported dead after broker restarts (mosquito/aio-pika #231, #632).
"""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from typing import TypeVar

import aio_pika
import aiormq
from aio_pika.abc import AbstractChannel, AbstractConnection
from aiormq.abc import FieldTable
from yarl import URL

from hotgigs.chassis.bus.interface import BusUnavailable

T = TypeVar("T")

CONNECT_TIMEOUT_S = 5.0
HEARTBEAT_S = 15
"""After about two of these a silent connection counts as lost."""

_LOST = (
    aiormq.exceptions.AMQPError,
    aiormq.exceptions.ChannelInvalidStateError,
    OSError,
    asyncio.TimeoutError,
    StopAsyncIteration,  # from aiormq, where the connection breaks off while it writes
)


async def answered(operation: Awaitable[T]) -> T:
    """``operation``'s result. Raises BusUnavailable where the connection or channel is lost.

    aiormq cancels what waits on a connection that it closes; a cancellation that nobody asked this
    task for is such a loss. The other way round, `asyncio.wait_for` of Python 3.11, on which the library
    builds, forgets a cancellation that comes as its answer does (python/cpython #86296): it is raised here.
    """
    task = asyncio.current_task()
    cancellations = 0 if task is None else task.cancelling()
    try:
        result = await operation
    except (aio_pika.exceptions.DeliveryError, aio_pika.exceptions.QueueEmpty):
        raise
    except _LOST as err:
        raise BusUnavailable("the message broker cannot be reached") from err
    except asyncio.CancelledError as err:
        if task is not None and task.cancelling():
            raise
        raise BusUnavailable("the connection to the message broker was closed") from err
    except Exception as err:
        if type(err) is not Exception:
            raise
        # What aiormq raises for a connection that ended without a reason, as after the broker's last frame.
        raise BusUnavailable("the connection to the message broker ended") from err
    if task is not None and task.cancelling() > cancellations:
        raise asyncio.CancelledError
    return result


class Connections:
    """One connection for each purpose: a broker that holds back publishers must not hold back
    acknowledgements."""

    def __init__(self, url: str, *, client_name: str) -> None:
        self._url = URL(url).extend_query(heartbeat=HEARTBEAT_S) if "heartbeat" not in url else URL(url)
        self._client_name = client_name
        self._open: dict[str, AbstractConnection] = {}
        self._attempts: dict[str, asyncio.Task[AbstractConnection]] = {}

    async def connection(self, purpose: str) -> AbstractConnection:
        """The open connection for ``purpose``. Raises BusUnavailable."""
        connection = self._open.get(purpose)
        # `is_closed` of a connection that was lost, not closed, stays false.
        if connection is not None and connection.connected.is_set():
            return connection
        # All who want it at this moment share one attempt, and its failure.
        attempt = self._attempts.get(purpose)
        if attempt is None:
            attempt = self._attempts[purpose] = asyncio.create_task(self._connect(purpose))
            attempt.add_done_callback(lambda _: self._attempts.pop(purpose))
        return await answered(asyncio.shield(attempt))

    async def _connect(self, purpose: str) -> AbstractConnection:
        name: FieldTable = {"connection_name": f"{self._client_name} {purpose}"}
        connection = self._open[purpose] = await answered(
            aio_pika.connect(self._url, timeout=CONNECT_TIMEOUT_S, client_properties=name)
        )
        return connection

    async def channel(self, purpose: str, *, confirms: bool = False) -> AbstractChannel:
        """A new channel; with ``confirms``, a message that is returned raises. Raises BusUnavailable."""
        connection = await self.connection(purpose)
        try:
            async with asyncio.timeout(CONNECT_TIMEOUT_S):
                return await answered(
                    connection.channel(publisher_confirms=confirms, on_return_raises=confirms)
                )
        except (RuntimeError, TimeoutError) as err:
            # RuntimeError is how aiormq says that the connection was closed a moment ago.
            raise BusUnavailable("the connection to the message broker was lost") from err

    async def close(self) -> None:
        for connection in self._open.values():
            with suppress(BusUnavailable):
                await answered(connection.close())
