"""Consuming one queue of RabbitMQ."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

import structlog
from aio_pika.abc import AbstractChannel, AbstractIncomingMessage

from hotgigs.chassis.bus import amqp_message
from hotgigs.chassis.bus.amqp_connection import CONNECT_TIMEOUT_S, answered
from hotgigs.chassis.bus.amqp_publisher import Publisher
from hotgigs.chassis.bus.amqp_topology import Names
from hotgigs.chassis.bus.interface import BusUnavailable, Delivery, Queue
from hotgigs.contracts.envelope import MalformedMessage

log = structlog.get_logger(__name__)


class AmqpSubscription:
    def __init__(self, queue: Queue, names: Names, channel: AbstractChannel, publisher: Publisher) -> None:
        self._queue = queue
        self._names = names
        self._channel = channel
        self._publisher = publisher
        self._at_hand: asyncio.Queue[AbstractIncomingMessage | None] = asyncio.Queue()
        self._unsettled: set[int] = set()
        """Delivery tags of what was received and not settled."""

    async def start(self) -> None:
        self._channel.close_callbacks.add(self._lost)
        underlay = await answered(self._channel.get_underlay_channel())
        underlay.on_consumer_cancel_callbacks.add(self._lost)
        queue = await answered(self._channel.get_queue(self._names.queue(self._queue.name), ensure=False))
        await answered(queue.consume(self._at_hand.put, timeout=CONNECT_TIMEOUT_S))

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
            await answered(message.ack(multiple=len(messages) < len(tags)))

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
        await answered(message.ack())

    async def give_back(self, deliveries: Sequence[Delivery]) -> None:
        self._settled(deliveries)
        for delivery in deliveries:
            await answered(_message_of(delivery).nack(requeue=True))


def _message_of(delivery: Delivery) -> AbstractIncomingMessage:
    assert isinstance(delivery.handle, AbstractIncomingMessage)
    return delivery.handle
