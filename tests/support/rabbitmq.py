"""A RabbitMQ broker for the session, and names of its own on it for each test.

The broker is that of HOTGIGS_TEST_AMQP_URL, else a container where Docker answers, else the one on this
machine. Without any, tests that need it are skipped; in CI they fail.
"""

import os
import socket
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import closing
from uuid import uuid4

import aio_pika
import pytest
from support.docker import docker_answers

from hotgigs.chassis.bus.amqp_topology import DELAYS_S, Names
from hotgigs.chassis.bus.interface import Queue
from hotgigs.chassis.bus.rabbitmq import RabbitMQBus

_LOCAL = "amqp://guest:guest@127.0.0.1:5672/"


@pytest.fixture(scope="session")
def amqp_url() -> Iterator[str]:
    if url := os.environ.get("HOTGIGS_TEST_AMQP_URL"):
        yield url
    elif docker_answers():
        from testcontainers.rabbitmq import RabbitMqContainer

        with RabbitMqContainer("rabbitmq:4") as container:
            port = container.get_exposed_port(5672)
            yield f"amqp://guest:guest@{container.get_container_host_ip()}:{port}/"
    elif _local_broker_answers():
        yield _LOCAL
    else:
        reason = (
            "NO RABBITMQ: nothing is proven about it here. Set HOTGIGS_TEST_AMQP_URL, start Docker, or start"
            " a broker on port 5672."
        )
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


class Broker:
    """The broker, under names that no other test uses."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.namespace = f"hotgigs-test-{uuid4().hex[:16]}"
        self.declared: set[str] = set()

    def bus(self, *, url: str | None = None) -> RabbitMQBus:
        return _RememberingBus(self, url or self.url)

    async def delete_everything(self, also: Iterable[Queue] = ()) -> None:
        """``also`` are queues that were declared by other processes."""
        names = Names(self.namespace)
        queues = [names.delay(delay_s) for delay_s in DELAYS_S]
        for name in self.declared | {queue.name for queue in also}:
            queues += [names.queue(name), names.dead_letter_queue(name)]
        exchanges = [names.commands, names.events, names.redeliver, names.dead]
        exchanges += [names.delay(delay_s) for delay_s in DELAYS_S]
        async with await aio_pika.connect(self.url) as connection, connection.channel() as channel:
            for name in queues:
                await channel.queue_delete(name)
            for name in exchanges:
                await channel.exchange_delete(name)


class _RememberingBus(RabbitMQBus):
    """Remembers what it declared, for `Broker.delete_everything`."""

    def __init__(self, broker: Broker, url: str) -> None:
        super().__init__(url, client_name="tests", namespace=broker.namespace)
        self._broker = broker

    async def declare(self, queues: Iterable[Queue]) -> None:
        queues = list(queues)
        self._broker.declared |= {queue.name for queue in queues}
        await super().declare(queues)


@pytest.fixture
async def broker(amqp_url: str) -> AsyncIterator[Broker]:
    broker = Broker(amqp_url)
    try:
        yield broker
    finally:
        await broker.delete_everything()


def _local_broker_answers() -> bool:
    with closing(socket.socket()) as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", 5672)) == 0
