"""Events from a transaction to the effect of another one, against bare publish and consume.

Ours: UnitOfWork.publish, outbox, relay, bus, inbox and the handler's row, in two processes on one
PostgreSQL, over RabbitMQ and over the embedded bus. The peer: aio-pika alone between two processes,
confirmed, persistent, on a quorum queue, no database, nothing kept from being lost or doubled.
Messages of 1 KiB, 32 at a time. And Celery (`celery_pair`), with a row in the database and nothing else
of these guarantees.
"""

import asyncio
import statistics
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import aio_pika
from celery_pair import CeleryPair, celery_pair
from effects import HANDLERS, SCHEMA, create_database
from msgspec import Struct
from options import Options
from page import Row, Unavailable, rate
from processes import Role, role
from stores import namespace_on, postgres_server
from timing import p50_p99, percentile

from hotgigs.chassis.handlers import queue_of

TITLE = "Bus: an event from its transaction to its effect (1 KiB, 32 at a time, two processes)"
STEADY_PER_S = 200
_QUEUE = queue_of(SCHEMA, HANDLERS["one"]).name


class Pair(Struct):
    """A publishing and a consuming process."""

    publisher: Role
    consumer: Role
    next_number: int = 0

    async def throughput(self, count: int) -> tuple[float, list[float]]:
        """Events per second, first transaction's begin to last effect, and each event's seconds."""
        return await self._measure(count, "write", per_second=0)

    async def latencies(self, count: int) -> list[float]:
        """Seconds from commit to effect, at `STEADY_PER_S`."""
        _, latencies = await self._measure(count, "write", per_second=STEADY_PER_S)
        return latencies

    async def drain(self, count: int) -> float:
        """Events per second from a filled outbox."""
        await self.publisher.ask("fill", first=self.next_number, count=count)
        per_second, _ = await self._measure(count, "release")
        return per_second

    async def _measure(self, count: int, do: str, **fields: Any) -> tuple[float, list[float]]:
        numbers = {"first": self.next_number, "count": count}
        self.next_number += count
        published, consumed = await asyncio.gather(
            self.publisher.ask(do, **numbers, **fields), self.consumer.ask("expect", **numbers)
        )
        arrived = dict(consumed["moments"])
        latencies = [arrived[number] - left for number, left in published["moments"]]
        return count / (max(arrived.values()) - published["began"]), latencies


def run(options: Options) -> list[Row]:
    return asyncio.run(_run(options))


async def _run(options: Options) -> list[Row]:
    (options.folder / "postgres").mkdir()
    async with AsyncExitStack() as stack:
        url = stack.enter_context(postgres_server(options.folder / "postgres"))
        embedded_only = {"HOTGIGS_DATABASE_URL": await create_database(url, "embedded")}
        embedded = await stack.enter_async_context(_pair(options, embedded_only))
        try:
            namespace = await stack.enter_async_context(namespace_on(options.amqp_url, [_QUEUE]))
        except Unavailable as err:
            return [*await _embedded_alone(embedded, options), Row(what="over RabbitMQ", ours=str(err))]
        on_broker = {
            "HOTGIGS_DATABASE_URL": await create_database(url, "rabbitmq"),
            "HOTGIGS_AMQP_URL": options.amqp_url,
            "HOTGIGS_AMQP_NAMESPACE": namespace,
        }
        bare = await stack.enter_async_context(_bare(options, namespace))
        ours = await stack.enter_async_context(_pair(options, on_broker))
        why_no_celery = "left out by --quick"
        celery: CeleryPair | None = None
        if not options.is_quick:
            try:
                celery = await stack.enter_async_context(celery_pair(options, url, namespace))
            except Unavailable as err:
                why_no_celery = str(err)
        rows = await _compare({"RabbitMQ": ours, "the embedded bus": embedded}, bare, celery, options)
        if celery is None:
            rows.append(Row(what="against Celery, acks late", ours=why_no_celery))
        return rows


async def _compare(
    pairs: dict[str, Pair], bare: Pair, celery: CeleryPair | None, options: Options
) -> list[Row]:
    count = options.pick(full=4000, quick=300)
    written: dict[str, list[float]] = {name: [] for name in pairs}
    drained: dict[str, list[float]] = {name: [] for name in pairs}
    busy: dict[str, list[float]] = {name: [] for name in pairs}
    steady: dict[str, list[float]] = {name: [] for name in pairs}
    peer: list[float] = []
    tasks: list[float] = []
    for pair in (bare, *pairs.values()):
        await pair.throughput(100)
    if celery is not None:
        await celery.throughput(100)
    for _ in range(options.pick(full=5, quick=1)):
        peer.append((await bare.throughput(count))[0])
        if celery is not None:
            tasks.append(await celery.throughput(count))
        for name, pair in pairs.items():
            per_second, latencies = await pair.throughput(count)
            written[name].append(per_second)
            busy[name] += latencies
            drained[name].append(await pair.drain(count))
    for name, pair in pairs.items():
        steady[name] = await pair.latencies(options.pick(full=1500, quick=100))
    bare_per_s = statistics.median(peer)
    rows: list[Row] = []
    for name in pairs:
        if tasks:
            rows.append(_against_celery(name, statistics.median(written[name]), statistics.median(tasks)))
        rows += [
            rate(
                f"{name}, from a filled outbox", statistics.median(drained[name]), "bare aio-pika", bare_per_s
            ),
            rate(
                f"{name}, a transaction an event",
                statistics.median(written[name]),
                "bare aio-pika",
                bare_per_s,
            ),
            Row(what="  p50 / p99 while so busy", ours=p50_p99(busy[name])),
            Row(what=f"  p50 / p99 at {STEADY_PER_S} events/s", ours=p50_p99(steady[name])),
        ]
    return rows


def _against_celery(name: str, ours_per_s: float, celery_per_s: float) -> Row:
    return rate(f"{name}, a transaction an event", ours_per_s, "Celery, acks late", celery_per_s)


async def _embedded_alone(pair: Pair, options: Options) -> list[Row]:
    await pair.throughput(100)
    per_second, _ = await pair.throughput(options.pick(full=4000, quick=300))
    steady = await pair.latencies(options.pick(full=1500, quick=100))
    return [
        Row(what="the embedded bus, a transaction an event", ours=f"{per_second:,.0f} /s"),
        Row(what=f"  p50 at {STEADY_PER_S} events/s", ours=f"{percentile(steady, 50) * 1000:.1f} ms"),
    ]


@asynccontextmanager
async def _pair(options: Options, settings: dict[str, str]) -> AsyncIterator[Pair]:
    log = options.folder / "roles.log"
    settings = settings | {"HOTGIGS_LOG_FORMAT": "json"}
    async with (
        role("consumer", "one", settings=settings, log=log) as consumer,
        role("publisher", settings=settings, log=log) as publisher,
    ):
        yield Pair(publisher=publisher, consumer=consumer)


@asynccontextmanager
async def _bare(options: Options, namespace: str) -> AsyncIterator[Pair]:
    queue, log = f"{namespace}.bare", options.folder / "roles.log"
    try:
        async with (
            role("bare_consumer", options.amqp_url, queue, settings={}, log=log) as consumer,
            role("bare_publisher", options.amqp_url, queue, settings={}, log=log) as publisher,
        ):
            yield Pair(publisher=publisher, consumer=consumer)
    finally:
        async with await aio_pika.connect(options.amqp_url) as connection, connection.channel() as channel:
            await channel.queue_delete(queue)
