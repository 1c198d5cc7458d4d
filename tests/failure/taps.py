"""What was on a bus, seen from outside: a copy of every message, and what lies in the queues."""

from collections import Counter
from typing import Protocol

import aio_pika
import asyncpg
from e2e.background_loop import BackgroundLoop
from support.own_rabbitmq import OwnRabbitMQ

from hotgigs.chassis.bus.amqp_topology import Names
from hotgigs.contracts.registry import MESSAGES, type_of

TYPES = {type_of(message).routing_key: type_of(message).kind for message in MESSAGES}

Published = Counter[tuple[str, str]]
"""How often each message, by routing key and id, came by."""


class Tap(Protocol):
    def open(self) -> None:
        """Messages come by from now on."""
        ...

    def published(self) -> Published:
        """Empties the tap."""
        ...

    def depths(self) -> dict[str, int]:
        """Messages, also unacknowledged ones, of each queue but the tap's own."""
        ...


class RabbitMQTap:
    """A queue of its own that every message is copied into."""

    def __init__(self, node: OwnRabbitMQ, namespace: str, loop: BackgroundLoop) -> None:
        self._node = node
        self._names = Names(namespace)
        self._loop = loop
        self._queue = self._names.queue("tap")

    def open(self) -> None:
        self._loop.run(self._declare())

    def published(self) -> Published:
        return self._loop.run(self._drain())

    def depths(self) -> dict[str, int]:
        depths = self._node.depths(self._names.namespace)
        return {name: ready + held for name, (ready, held) in depths.items() if name != self._queue}

    async def _declare(self) -> None:
        async with await aio_pika.connect(self._node.url) as connection, connection.channel() as channel:
            tap = await channel.declare_queue(self._queue, durable=True, arguments={"x-queue-type": "quorum"})
            await tap.bind(self._names.events, "#")
            for routing_key, kind in TYPES.items():
                if kind == "command":
                    await tap.bind(self._names.commands, routing_key)

    async def _drain(self) -> Published:
        published: Published = Counter()
        async with await aio_pika.connect(self._node.url) as connection, connection.channel() as channel:
            tap = await channel.get_queue(self._queue)
            while (message := await tap.get(no_ack=True, fail=False)) is not None:
                published[message.routing_key or "", message.message_id or ""] += 1
            await channel.queue_delete(self._queue)
        return published


class EmbeddedTap:
    """A queue of its own for each message type, that nobody takes from."""

    def __init__(self, database_url: str, loop: BackgroundLoop) -> None:
        self._database_url = database_url
        self._loop = loop

    def open(self) -> None:
        self._fetch(
            "INSERT INTO bus.queues SELECT 'tap.' || key, key FROM unnest($1::text[]) AS key", [*TYPES]
        )

    def published(self) -> Published:
        rows = self._fetch(
            "SELECT routing_key, message_id FROM bus.deliveries JOIN bus.queues ON name = queue"
            " WHERE queue LIKE 'tap.%'"
        )
        return Counter((row["routing_key"], str(row["message_id"])) for row in rows)

    def depths(self) -> dict[str, int]:
        rows = self._fetch(
            "SELECT name, count(deliveries.id) FROM bus.queues LEFT JOIN bus.deliveries ON queue = name"
            " WHERE name NOT LIKE 'tap.%' GROUP BY name"
        )
        return {row["name"]: row["count"] for row in rows}

    def _fetch(self, statement: str, *arguments: object) -> list[asyncpg.Record]:
        async def fetch() -> list[asyncpg.Record]:
            connection = await asyncpg.connect(self._database_url)
            try:
                return await connection.fetch(statement, *arguments)
            finally:
                await connection.close()

        return self._loop.run(fetch())
