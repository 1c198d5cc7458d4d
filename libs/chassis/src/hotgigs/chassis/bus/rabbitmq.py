"""The bus on RabbitMQ (3.10 and later) over aio-pika.

Recovery is ours: a lost connection ends every subscription with BusUnavailable, and whoever consumes
subscribes anew. The library's robust connections are not used, because consumers restored behind
one's back are what has been reported dead after broker restarts (mosquito/aio-pika #231, #632).
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import TypeVar
from uuid import UUID

import aio_pika
import aiormq
import structlog
from aio_pika.abc import (
    AbstractChannel,
    AbstractConnection,
    AbstractExchange,
    AbstractIncomingMessage,
    AbstractQueue,
)
from yarl import URL

from hotgigs.chassis.bus import amqp_message, amqp_topology
from hotgigs.chassis.bus.amqp_topology import Names
from hotgigs.chassis.bus.interface import (
    BusUnavailable,
    ConfirmLost,
    DeadLetter,
    Delivery,
    PublishFailed,
    Queue,
    Subscription,
    Unroutable,
)
from hotgigs.contracts.envelope import Envelope, MalformedMessage, UnknownMessage

log = structlog.get_logger(__name__)

T = TypeVar("T")

CONNECT_TIMEOUT_S = 5.0
CONFIRM_TIMEOUT_S = 10.0
PUT_BACK_TIMEOUT_S = 1.0
HEARTBEAT_S = 15
"""After about two of these a silent connection counts as lost."""

_LOST = (
    aiormq.exceptions.AMQPError,
    aiormq.exceptions.ChannelInvalidStateError,
    OSError,
    asyncio.TimeoutError,
    StopAsyncIteration,  # from aiormq, where the connection breaks off while it writes
)


async def _answered(operation: Awaitable[T]) -> T:
    """``operation``'s result. Raises BusUnavailable where the connection or channel is lost.

    aiormq cancels what waits on a connection that it closes; a cancellation that nobody asked this
    task for is such a loss.
    """
    try:
        return await operation
    except (aio_pika.exceptions.DeliveryError, aio_pika.exceptions.QueueEmpty):
        raise
    except _LOST as err:
        raise BusUnavailable("the message broker cannot be reached") from err
    except asyncio.CancelledError as err:
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            raise
        raise BusUnavailable("the connection to the message broker was closed") from err


class _Publisher:
    """One confirming channel, opened when first needed and again after a loss."""

    def __init__(self, bus: "RabbitMQBus") -> None:
        self._bus = bus
        self._channel: AbstractChannel | None = None
        self._exchanges: dict[str, AbstractExchange] = {}
        self._opening = asyncio.Lock()

    async def publish(self, message: aio_pika.Message, *, exchange: str, routing_key: str) -> None:
        """Raises Unroutable (returned, or refused by a full queue), ConfirmLost or BusUnavailable."""
        target = await self._exchange(exchange)
        try:
            await _answered(target.publish(message, routing_key, mandatory=True, timeout=CONFIRM_TIMEOUT_S))
        except BusUnavailable as err:
            raise ConfirmLost(str(err)) from err
        except aio_pika.exceptions.DeliveryError as err:
            raise Unroutable(f"the broker took no message for {routing_key}") from err

    async def _exchange(self, name: str) -> AbstractExchange:
        async with self._opening:
            if self._channel is None or self._channel.is_closed:
                self._channel = await self._bus.channel("publish", confirms=True)
                self._exchanges = {}
            if name not in self._exchanges:
                self._exchanges[name] = await _answered(self._channel.get_exchange(name, ensure=False))
            return self._exchanges[name]


class _Subscription:
    def __init__(self, queue: Queue, names: Names, channel: AbstractChannel, publisher: _Publisher) -> None:
        self._queue = queue
        self._names = names
        self._channel = channel
        self._publisher = publisher
        self._at_hand: asyncio.Queue[AbstractIncomingMessage | None] = asyncio.Queue()
        self._unsettled: set[int] = set()
        """Delivery tags of what was received and not settled."""

    async def start(self) -> None:
        self._channel.close_callbacks.add(self._lost)
        underlay = await _answered(self._channel.get_underlay_channel())
        underlay.on_consumer_cancel_callbacks.add(self._lost)
        queue = await _answered(self._channel.get_queue(self._names.queue(self._queue.name), ensure=False))
        await _answered(queue.consume(self._at_hand.put, timeout=CONNECT_TIMEOUT_S))

    def _lost(self, *_: object) -> None:
        self._at_hand.put_nowait(None)

    async def receive(self, max_messages: int) -> list[Delivery]:
        deliveries: list[Delivery] = []
        while not deliveries:
            waiting: list[AbstractIncomingMessage | None] = [await self._at_hand.get()]
            while len(waiting) < max_messages and not self._at_hand.empty():
                waiting.append(self._at_hand.get_nowait())
            if None in waiting:
                self._lost()
                raise BusUnavailable("the subscription to the message broker was lost")
            for message in waiting:
                if message is not None:
                    deliveries.extend(await self._accept(message))
        return deliveries

    async def _accept(self, message: AbstractIncomingMessage) -> list[Delivery]:
        try:
            envelope = amqp_message.envelope_of(message)
        except MalformedMessage:
            log.error("message_without_envelope", queue=self._queue.name)
            await self._put_aside(message, "not a CloudEvents message")
            return []
        tries = amqp_message.tries_of(message)
        self._unsettled.add(message.delivery_tag or 0)
        return [Delivery(queue=self._queue.name, envelope=envelope, tries=tries, handle=message)]

    async def ack(self, deliveries: Sequence[Delivery]) -> None:
        messages = [_message_of(delivery) for delivery in deliveries]
        tags = self._settled(deliveries)
        if tags and not any(tag < max(tags) for tag in self._unsettled):
            # One frame settles all up to the last, and nothing else is among them.
            messages = [message for message in messages if message.delivery_tag == max(tags)]
        for message in messages:
            await _answered(message.ack(multiple=len(messages) < len(tags)))

    def _settled(self, deliveries: Sequence[Delivery]) -> set[int]:
        tags = {_message_of(delivery).delivery_tag or 0 for delivery in deliveries}
        self._unsettled -= tags
        return tags

    async def retry(self, delivery: Delivery, *, delay_s: float) -> None:
        message = amqp_message.retried(_message_of(delivery), tries=delivery.tries + 1, delay_s=delay_s)
        await self._publisher.publish(
            message, exchange=self._names.delay(delay_s), routing_key=self._queue.name
        )
        await self.ack([delivery])

    async def dead_letter(self, delivery: Delivery, *, reason: str) -> None:
        await self._put_aside(_message_of(delivery), reason)
        self._settled([delivery])

    async def _put_aside(self, message: AbstractIncomingMessage, reason: str) -> None:
        dead = amqp_message.dead(message, reason=reason, died_at=datetime.now(UTC))
        await self._publisher.publish(dead, exchange=self._names.dead, routing_key=self._queue.name)
        await _answered(message.ack())

    async def give_back(self, deliveries: Sequence[Delivery]) -> None:
        self._settled(deliveries)
        for delivery in deliveries:
            await _answered(_message_of(delivery).nack(requeue=True))


def _message_of(delivery: Delivery) -> AbstractIncomingMessage:
    assert isinstance(delivery.handle, AbstractIncomingMessage)
    return delivery.handle


class RabbitMQBus:
    """Publishing and consuming have a connection each, so that a broker that holds back publishers
    does not hold back acknowledgements."""

    def __init__(self, url: str, *, client_name: str, namespace: str = "hotgigs") -> None:
        self._url = URL(url).extend_query(heartbeat=HEARTBEAT_S) if "heartbeat" not in url else URL(url)
        self._client_name = client_name
        self._names = Names(namespace)
        self._connections: dict[str, AbstractConnection] = {}
        self._connecting = asyncio.Lock()
        self._publisher = _Publisher(self)

    async def connection(self, purpose: str) -> AbstractConnection:
        """The open connection for ``purpose``. Raises BusUnavailable."""
        async with self._connecting:
            connection = self._connections.get(purpose)
            # `is_closed` of a connection that was lost, not closed, stays false.
            if connection is None or not connection.connected.is_set():
                connection = await _answered(
                    aio_pika.connect(
                        self._url,
                        timeout=CONNECT_TIMEOUT_S,
                        client_properties={"connection_name": f"{self._client_name} {purpose}"},
                    )
                )
                self._connections[purpose] = connection
            return connection

    async def channel(self, purpose: str, *, confirms: bool = False) -> AbstractChannel:
        """A new channel; with ``confirms``, a message that is returned raises. Raises BusUnavailable."""
        connection = await self.connection(purpose)
        try:
            async with asyncio.timeout(CONNECT_TIMEOUT_S):
                return await _answered(
                    connection.channel(publisher_confirms=confirms, on_return_raises=confirms)
                )
        except (RuntimeError, TimeoutError) as err:
            # RuntimeError is how aiormq says that the connection was closed a moment ago.
            raise BusUnavailable("the connection to the message broker was lost") from err

    async def declare(self, queues: Sequence[Queue]) -> None:
        channel = await self.channel("publish")
        try:
            await _answered(amqp_topology.declare(channel, self._names, queues))
        finally:
            await _answered(channel.close())

    async def publish(self, envelopes: Sequence[Envelope]) -> None:
        results = await asyncio.gather(*map(self._publish_one, envelopes), return_exceptions=True)
        failures: dict[UUID, Unroutable | BusUnavailable] = {}
        for envelope, result in zip(envelopes, results, strict=True):
            if isinstance(result, Unroutable | BusUnavailable):
                failures[envelope.id] = result
            elif isinstance(result, BaseException):
                raise result
        if failures:
            raise PublishFailed(failures)

    async def _publish_one(self, envelope: Envelope) -> None:
        try:
            exchange = self._names.commands if envelope.is_command else self._names.events
        except UnknownMessage as err:
            raise Unroutable(str(err)) from err
        await self._publisher.publish(
            amqp_message.message_of(envelope), exchange=exchange, routing_key=envelope.routing_key
        )

    @asynccontextmanager
    async def subscribe(self, queue: Queue, *, prefetch: int) -> AsyncIterator[Subscription]:
        channel = await self.channel("consume")
        try:
            await _answered(channel.set_qos(prefetch_count=prefetch))
            subscription = _Subscription(queue, self._names, channel, self._publisher)
            await subscription.start()
            yield subscription
        finally:
            with suppress(BusUnavailable):
                await _answered(channel.close())

    async def ping(self) -> None:
        for purpose in ("publish", "consume"):
            await self.connection(purpose)

    async def dead_letters(self, queue: Queue, *, limit: int) -> list[DeadLetter]:
        found: list[DeadLetter] = []
        async with self._dead_letters_at_hand(queue, limit) as at_hand:
            async for message in at_hand.each():
                try:
                    found.append(amqp_message.dead_letter_of(message, queue=queue.name))
                except MalformedMessage:
                    log.warning("dead_letter_without_envelope", queue=queue.name)
        return found

    async def replay(self, queue: Queue, message_ids: set[UUID] | None = None) -> int:
        wanted = None if message_ids is None else {str(message_id) for message_id in message_ids}
        replayed = 0
        async with self._dead_letters_at_hand(queue) as at_hand:
            async for message in at_hand.each():
                if wanted is not None and message.message_id not in wanted:
                    continue
                again = amqp_message.replayed(message)
                await self._publisher.publish(again, exchange=self._names.redeliver, routing_key=queue.name)
                await at_hand.remove(message)
                replayed += 1
        return replayed

    @asynccontextmanager
    async def _dead_letters_at_hand(
        self, queue: Queue, limit: int | None = None
    ) -> AsyncIterator["_DeadLetters"]:
        channel = await self.channel("consume")
        try:
            name = self._names.dead_letter_queue(queue.name)
            dead = await _answered(channel.declare_queue(name, passive=True))
            there = dead.declaration_result.message_count or 0
            at_hand = _DeadLetters(dead, there if limit is None else min(there, limit))
            yield at_hand
            await at_hand.put_back()
            # Whoever looks next shall find them; the queue takes them back a moment after it is told.
            with suppress(TimeoutError):
                async with asyncio.timeout(PUT_BACK_TIMEOUT_S):
                    while await self._count(channel, name) < there - at_hand.removed:  # noqa: ASYNC110
                        await asyncio.sleep(0.01)
        finally:
            await _answered(channel.close())

    async def _count(self, channel: AbstractChannel, queue_name: str) -> int:
        queue = await _answered(channel.declare_queue(queue_name, passive=True))
        return queue.declaration_result.message_count or 0

    async def close(self) -> None:
        for connection in self._connections.values():
            with suppress(BusUnavailable):
                await _answered(connection.close())


class _DeadLetters:
    """The dead letters that lay in a queue when it was opened: one that dies again while it is replayed
    does not come by a second time."""

    def __init__(self, queue: AbstractQueue, most: int) -> None:
        self._queue = queue
        self._most = most
        self._taken: list[AbstractIncomingMessage] = []
        self.removed = 0

    async def each(self) -> AsyncIterator[AbstractIncomingMessage]:
        for _ in range(self._most):
            message = await _answered(self._queue.get(no_ack=False, fail=False))
            if message is None:
                return
            self._taken.append(message)
            yield message

    async def remove(self, message: AbstractIncomingMessage) -> None:
        await _answered(message.ack())
        self.removed += 1

    async def put_back(self) -> None:
        for message in self._taken:
            if not message.processed:
                await _answered(message.nack(requeue=True))
