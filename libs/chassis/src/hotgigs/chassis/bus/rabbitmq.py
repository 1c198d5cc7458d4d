"""The bus on RabbitMQ (3.10 and later)."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence, Set
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from uuid import UUID

import structlog
from aio_pika.abc import AbstractChannel
from aio_pika.exceptions import ChannelNotFoundEntity

from hotgigs.chassis.bus import amqp_message, amqp_topology
from hotgigs.chassis.bus.amqp_claims import Claims
from hotgigs.chassis.bus.amqp_connection import Connections, answered
from hotgigs.chassis.bus.amqp_dead_letters import DeadLetters, dead_letters_at_hand, message_count
from hotgigs.chassis.bus.amqp_publisher import Publisher
from hotgigs.chassis.bus.amqp_subscription import AmqpSubscription
from hotgigs.chassis.bus.amqp_topology import Names
from hotgigs.chassis.bus.interface import (
    BusUnavailable,
    DeadLetter,
    Depth,
    PublishFailed,
    Queue,
    Subscription,
    Unroutable,
    refuse_large,
)
from hotgigs.contracts.envelope import Envelope, MalformedMessage, UnknownMessage

log = structlog.get_logger(__name__)


class RabbitMQBus:
    """Open from the start; it connects when it is first used, and again after a loss."""

    def __init__(self, url: str, *, client_name: str, namespace: str = "hotgigs") -> None:
        self._names = Names(namespace)
        self._connections = Connections(url, client_name=client_name)
        self._publisher = Publisher(self._connections)
        self._claims = Claims(self._connections, purpose="consume")

    async def declare(self, queues: Sequence[Queue]) -> None:
        async with self._channel("publish") as channel:
            await answered(amqp_topology.declare(channel, self._names, queues))

    async def publish(self, envelopes: Sequence[Envelope]) -> None:
        await self._publish(envelopes, self._publish_one)

    async def send(self, queue: Queue, envelopes: Sequence[Envelope]) -> None:
        async def send_one(envelope: Envelope) -> None:
            refuse_large(envelope)
            message = amqp_message.message_of(envelope)
            await self._publisher.publish(message, exchange=self._names.redeliver, routing_key=queue.name)

        await self._publish(envelopes, send_one)

    async def _publish(
        self, envelopes: Sequence[Envelope], publish_one: Callable[[Envelope], Awaitable[None]]
    ) -> None:
        results = await asyncio.gather(*map(publish_one, envelopes), return_exceptions=True)
        failures: dict[UUID, Unroutable | BusUnavailable] = {}
        for envelope, result in zip(envelopes, results, strict=True):
            if isinstance(result, Unroutable | BusUnavailable):
                failures[envelope.id] = result
            elif isinstance(result, BaseException):
                raise result
        if failures:
            raise PublishFailed(failures)

    async def _publish_one(self, envelope: Envelope) -> None:
        refuse_large(envelope)
        try:
            exchange = self._names.commands if envelope.is_command else self._names.events
        except UnknownMessage as err:
            raise Unroutable(str(err)) from err
        await self._publisher.publish(
            amqp_message.message_of(envelope), exchange=exchange, routing_key=envelope.routing_key
        )

    @asynccontextmanager
    async def subscribe(self, queue: Queue, *, prefetch: int) -> AsyncIterator[Subscription]:
        async with self._channel("consume") as channel:
            await answered(channel.set_qos(prefetch_count=prefetch))
            subscription = AmqpSubscription(queue, self._names, channel, self._publisher)
            await subscription.start()
            yield subscription

    async def ping(self) -> None:
        for purpose in ("publish", "consume"):
            await self._connections.connection(purpose)

    async def depths(self, queues: Sequence[Queue]) -> dict[str, Depth]:
        depths: dict[str, Depth] = {}
        async with AsyncExitStack() as stack:
            channel = await stack.enter_async_context(self._channel("consume"))
            for queue in queues:
                if (depth := await self._depth(channel, queue)) is not None:
                    depths[queue.name] = depth
                else:
                    channel = await stack.enter_async_context(self._channel("consume"))
        return depths

    async def _depth(self, channel: AbstractChannel, queue: Queue) -> Depth | None:
        """None where it is not there; the broker has then closed the channel."""
        try:
            return Depth(
                messages=await message_count(channel, self._names.queue(queue.name)),
                dead_letters=await message_count(channel, self._names.dead_letter_queue(queue.name)),
                oldest_s=None,
            )
        except BusUnavailable as err:
            if isinstance(err.__cause__, ChannelNotFoundEntity):
                return None
            raise

    async def dead_letters(self, queue: Queue, *, limit: int) -> list[DeadLetter]:
        found: list[DeadLetter] = []
        async with self._dead_letters_of(queue, limit) as at_hand:
            async for message in at_hand.each():
                try:
                    found.append(amqp_message.dead_letter_of(message, queue=queue.name))
                except MalformedMessage:
                    log.warning("dead_letter_without_envelope", queue=queue.name)
        return found

    async def replay(self, queue: Queue, message_ids: set[UUID] | None = None) -> int:
        wanted = None if message_ids is None else {str(message_id) for message_id in message_ids}
        replayed = 0
        async with self._dead_letters_of(queue) as at_hand:
            async for message in at_hand.each():
                if wanted is not None and message.message_id not in wanted:
                    continue
                again = amqp_message.replayed(message)
                await self._publisher.publish(again, exchange=self._names.redeliver, routing_key=queue.name)
                await at_hand.remove(message)
                replayed += 1
        return replayed

    async def discard(self, queue: Queue, subjects: Set[str]) -> int:
        discarded = 0
        try:
            async with self._dead_letters_of(queue) as at_hand:
                async for message in at_hand.each():
                    if amqp_message.subject_of(message) in subjects:
                        await at_hand.remove(message)
                        discarded += 1
        except BusUnavailable as err:
            if not isinstance(err.__cause__, ChannelNotFoundEntity):
                raise
        return discarded

    @asynccontextmanager
    async def _dead_letters_of(self, queue: Queue, limit: int | None = None) -> AsyncIterator[DeadLetters]:
        name = self._names.dead_letter_queue(queue.name)
        async with (
            self._claims.on(name),
            self._channel("consume") as channel,
            dead_letters_at_hand(channel, name, limit) as at_hand,
        ):
            yield at_hand

    @asynccontextmanager
    async def _channel(self, purpose: str) -> AsyncIterator[AbstractChannel]:
        channel = await self._connections.channel(purpose)
        try:
            yield channel
        finally:
            with suppress(BusUnavailable):
                await answered(channel.close())

    async def close(self) -> None:
        await self._connections.close()
