"""Publishing to RabbitMQ with confirms."""

import asyncio

import aio_pika
from aio_pika.abc import AbstractChannel, AbstractExchange

from hotgigs.chassis.bus.amqp_connection import Connections, answered
from hotgigs.chassis.bus.interface import BusUnavailable, ConfirmLost, Unroutable

CONFIRM_TIMEOUT_S = 10.0


class Publisher:
    """One confirming channel, opened when first needed and again after a loss."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._channel: AbstractChannel | None = None
        self._exchanges: dict[str, AbstractExchange] = {}
        self._opening = asyncio.Lock()

    async def publish(self, message: aio_pika.Message, *, exchange: str, routing_key: str) -> None:
        """Raises Unroutable (returned, or refused by a full queue), ConfirmLost or BusUnavailable."""
        target = await self._exchange(exchange)
        try:
            await answered(target.publish(message, routing_key, mandatory=True, timeout=CONFIRM_TIMEOUT_S))
        except BusUnavailable as err:
            raise ConfirmLost(str(err)) from err
        except aio_pika.exceptions.DeliveryError as err:
            raise Unroutable(f"the broker took no message for {routing_key}") from err

    async def _exchange(self, name: str) -> AbstractExchange:
        async with self._opening:
            if self._channel is None or self._channel.is_closed:
                self._channel = await self._connections.channel("publish", confirms=True)
                self._exchanges = {}
            if name not in self._exchanges:
                self._exchanges[name] = await answered(self._channel.get_exchange(name, ensure=False))
            return self._exchanges[name]
