"""Looking at, and taking from, a dead-letter queue of RabbitMQ."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from aio_pika.abc import AbstractChannel, AbstractIncomingMessage, AbstractQueue

from hotgigs.chassis.bus.amqp_connection import answered

PUT_BACK_TIMEOUT_S = 10.0


class DeadLetters:
    """The dead letters that lay in a queue when it was opened: one that dies again while it is replayed
    does not come by a second time."""

    def __init__(self, queue: AbstractQueue, most: int) -> None:
        self._queue = queue
        self._most = most
        self._in_hand: list[int] = []
        """Delivery tags: of the messages themselves there may be more than fit into memory."""
        self.removed = 0

    async def each(self) -> AsyncIterator[AbstractIncomingMessage]:
        for _ in range(self._most):
            message = await answered(self._queue.get(no_ack=False, fail=False))
            if message is None:
                return
            yield message
            if not message.processed:
                self._in_hand.append(message.delivery_tag or 0)

    async def remove(self, message: AbstractIncomingMessage) -> None:
        await answered(message.ack())
        self.removed += 1

    async def put_back(self) -> None:
        channel = await answered(self._queue.channel.get_underlay_channel())
        for delivery_tag in self._in_hand:
            await answered(channel.basic_nack(delivery_tag, requeue=True))


@asynccontextmanager
async def dead_letters_at_hand(
    channel: AbstractChannel, queue_name: str, limit: int | None
) -> AsyncIterator[DeadLetters]:
    """At most ``limit`` of a dead-letter queue; those that are not removed are put back on leaving."""
    dead = await answered(channel.declare_queue(queue_name, passive=True))
    there = dead.declaration_result.message_count or 0
    at_hand = DeadLetters(dead, there if limit is None else min(there, limit))
    yield at_hand
    await at_hand.put_back()
    # Whoever looks next shall find them; the queue takes them back a moment after it is told.
    with suppress(TimeoutError):
        async with asyncio.timeout(PUT_BACK_TIMEOUT_S):
            while await message_count(channel, queue_name) < there - at_hand.removed:  # noqa: ASYNC110
                await asyncio.sleep(0.01)


async def message_count(channel: AbstractChannel, queue_name: str) -> int:
    """How many are ready in a queue."""
    queue = await answered(channel.declare_queue(queue_name, passive=True))
    return queue.declaration_result.message_count or 0
