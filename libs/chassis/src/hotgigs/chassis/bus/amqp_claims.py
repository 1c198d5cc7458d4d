"""Claims on queues of RabbitMQ, of which one process at a time holds each.

Who looks through dead letters has them in hand meanwhile, and hides them from whoever else looks: without
a claim, what has to be found would be missed.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from aio_pika.abc import AbstractChannel
from aiormq.exceptions import ChannelLockedResource

from hotgigs.chassis.bus.amqp_connection import Connections, answered
from hotgigs.chassis.bus.interface import BusUnavailable

CLAIM_WITHIN_S = 30.0
RETRY_S = 0.05


class Claims:
    """A claim is a queue that the broker lets no other connection declare, and deletes with the
    connection of a process that died."""

    def __init__(self, connections: Connections, *, purpose: str) -> None:
        """``purpose`` names the connection."""
        self._connections = connections
        self._purpose = purpose
        self._here: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        """Among those who share this process's connection."""

    @asynccontextmanager
    async def on(self, queue_name: str) -> AsyncIterator[None]:
        """Waits for it. Raises BusUnavailable, also where another process holds it for long."""
        async with self._here[queue_name]:
            claim = f"{queue_name}.claim"
            channel = await self._claimed(claim)
            try:
                yield
            finally:
                with suppress(BusUnavailable):  # it ends with the connection
                    await answered(channel.queue_delete(claim))
                    await answered(channel.close())

    async def _claimed(self, claim: str) -> AbstractChannel:
        try:
            async with asyncio.timeout(CLAIM_WITHIN_S):
                while True:
                    channel = await self._connections.channel(self._purpose)
                    try:
                        await answered(channel.declare_queue(claim, exclusive=True))
                    except BusUnavailable as err:
                        if not isinstance(err.__cause__, ChannelLockedResource):
                            raise
                        await asyncio.sleep(RETRY_S)
                    else:
                        return channel
        except TimeoutError as err:
            raise BusUnavailable("another process has the dead letters in hand") from err
