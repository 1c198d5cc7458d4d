"""What Prometheus is told: the metrics that are kept, and those that are read when it asks."""

import asyncio
import time
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import asyncpg
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from hotgigs.chassis import database, outbox
from hotgigs.chassis.bus.interface import Bus, BusUnavailable, Depth, Queue
from hotgigs.chassis.database import Pool
from hotgigs.chassis.outbox import Backlog

T = TypeVar("T")

LIMIT_S = 1.0
"""For each thing that is read. What does not answer by then is absent, and its "up" is 0."""
REUSED_S = 1.5
"""How old a reading may be. Anybody may ask, as often as they like; a reading counts rows and takes a
connection from those who work."""


class Scrape:
    """Of one process: its services' ``queues``, and their database ``pools`` by their names."""

    def __init__(self, bus: Bus, *, queues: Sequence[Queue], pools: Mapping[str, Pool]) -> None:
        self._bus = bus
        self._queues = queues
        self._pools = pools
        self._reading: asyncio.Task[bytes] | None = None
        self._was_read_at = 0.0

    async def text(self) -> bytes:
        """All metrics in Prometheus's text format; it fails for nobody's absence.

        All who ask share one reading, which is at most `REUSED_S` old.
        """
        reading = self._reading
        if reading is None or (reading.done() and time.monotonic() - self._was_read_at >= REUSED_S):
            reading = self._reading = asyncio.create_task(self._read())
        # Shielded, as whoever leaves must not take the others' answer along.
        read = await asyncio.shield(reading)
        return generate_latest() + read

    async def _read(self) -> bytes:
        depths, backlogs = await asyncio.gather(
            _within_limit(self._depths()),
            asyncio.gather(*(_within_limit(_backlog(pool)) for pool in self._pools.values())),
        )
        registry = CollectorRegistry()
        registry.register(_Read(depths, dict(zip(self._pools, backlogs, strict=True))))
        self._was_read_at = time.monotonic()
        return generate_latest(registry)

    async def _depths(self) -> dict[str, Depth] | None:
        try:
            return await self._bus.depths(self._queues)
        except BusUnavailable:
            return None


async def _within_limit(reading: Coroutine[Any, Any, T | None]) -> T | None:
    """Its answer, or None after `LIMIT_S`. How it then ends is not waited for: giving a connection back
    that has gone silent takes longer than the reading."""
    task = asyncio.create_task(reading)
    await asyncio.wait({task}, timeout=LIMIT_S)
    if task.done():
        return task.result()
    task.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
    task.cancel()
    return None


async def _backlog(pool: Pool) -> Backlog | None:
    try:
        async with pool.acquire(timeout=LIMIT_S) as connection:
            return await outbox.backlog(connection)
    except (*database.CONNECTION_LOST, asyncpg.PostgresError):
        return None


class _Read(Collector):
    """None is what did not answer."""

    def __init__(self, depths: Mapping[str, Depth] | None, backlogs: Mapping[str, Backlog | None]) -> None:
        self._depths = depths
        self._backlogs = backlogs

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield from self._of_outboxes()
        yield from self._of_queues()

    def _of_outboxes(self) -> Iterator[GaugeMetricFamily]:
        up = _gauge("hotgigs_database_up", "1 where the service's database answers", "service")
        depth = _gauge(
            "hotgigs_outbox_messages", f"Messages that wait to be published, at most {outbox.MOST}", "service"
        )
        unreadable = _gauge(
            "hotgigs_outbox_unreadable_messages", "Rows kept back because they hold no message", "service"
        )
        oldest = _gauge(
            "hotgigs_outbox_oldest_seconds", "For how long the oldest of them has waited, or 0", "service"
        )
        for service, backlog in self._backlogs.items():
            up.add_metric([service], 0 if backlog is None else 1)
            if backlog is not None:
                depth.add_metric([service], backlog.messages)
                unreadable.add_metric([service], backlog.unreadable)
                oldest.add_metric([service], backlog.oldest_s)
        yield from (up, depth, unreadable, oldest)

    def _of_queues(self) -> Iterator[GaugeMetricFamily]:
        yield GaugeMetricFamily(
            "hotgigs_bus_up", "1 where the bus answers", value=0 if self._depths is None else 1
        )
        messages = _gauge("hotgigs_queue_messages", "Messages that are free to be taken", "queue")
        dead = _gauge("hotgigs_dead_letters", "Messages that no handler could take", "queue")
        oldest = _gauge(
            "hotgigs_queue_oldest_seconds", "For how long the oldest message has been free", "queue"
        )
        for queue, depth in (self._depths or {}).items():
            messages.add_metric([queue], depth.messages)
            dead.add_metric([queue], depth.dead_letters)
            if depth.oldest_s is not None:
                oldest.add_metric([queue], depth.oldest_s)
        yield from (messages, dead, oldest)


def _gauge(name: str, meaning: str, label: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, meaning, labels=[label])
