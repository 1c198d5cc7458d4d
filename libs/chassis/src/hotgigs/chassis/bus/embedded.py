"""The bus inside PostgreSQL: a queue's messages are delivery rows.

It serves one process or several. A consumer leases rows and renews its leases while it lives; the rows
of one that died become free when their lease runs out. All statements are in `embedded_store`.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence, Set
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from uuid import UUID, uuid4

import asyncpg
import structlog

from hotgigs.chassis import database
from hotgigs.chassis.bus import embedded_store as store
from hotgigs.chassis.bus.interface import (
    BusUnavailable,
    ConfirmLost,
    DeadLetter,
    Delivery,
    Depth,
    PublishFailed,
    Queue,
    Subscription,
    Unroutable,
    refuse_large,
)
from hotgigs.chassis.database import Pool
from hotgigs.chassis.notifications import SWEEP_S, Notifications, Wakeup
from hotgigs.contracts.envelope import Envelope

log = structlog.get_logger(__name__)

SCHEMA = "bus"
CHANNEL = "hotgigs_bus"
LEASE = timedelta(seconds=10)
"""How long the messages of a consumer that died are kept from others; a living one renews it thrice."""


@asynccontextmanager
async def _reachable() -> AsyncIterator[None]:
    try:
        yield
    except (*database.CONNECTION_LOST, asyncpg.PostgresError) as err:
        raise BusUnavailable("the bus's database cannot be reached") from err


class _Subscription:
    def __init__(self, pool: Pool, queue: Queue, *, prefetch: int, wakeup: Wakeup, lease: timedelta) -> None:
        self._pool = pool
        self._queue = queue
        self._prefetch = prefetch
        self._wakeup = wakeup
        self._duration = lease
        self._lease = uuid4()
        self._in_hand: set[int] = set()

    async def receive(self, max_messages: int) -> list[Delivery]:
        while True:
            room = min(max_messages, self._prefetch - len(self._in_hand))
            if room > 0 and (deliveries := await self._take(room)):
                return deliveries
            await self._wakeup.wait(timeout_s=60)

    async def _take(self, room: int) -> list[Delivery]:
        async with _reachable(), self._pool.acquire() as connection:
            rows = await store.lease(connection, self._queue.name, self._lease, self._duration, room)
            if unreadable := [row.id for row in rows if row.envelope is None]:
                log.error("messages_without_envelope", queue=self._queue.name, rows=unreadable)
                await store.put_aside(connection, self._lease, unreadable, "not a CloudEvents message")
        deliveries = [
            Delivery(queue=self._queue.name, envelope=row.envelope, tries=row.tries, handle=row.id)
            for row in rows
            if row.envelope is not None
        ]
        self._in_hand.update(row.id for row in rows if row.envelope is not None)
        return deliveries

    async def keep_leases(self) -> None:
        """Renews the leases of what is in hand until cancelled."""
        while True:
            await asyncio.sleep(self._duration.total_seconds() / 3)
            if not self._in_hand:
                continue
            try:
                async with self._pool.acquire() as connection:
                    await store.renew(connection, self._lease, self._duration)
            except (*database.CONNECTION_LOST, asyncpg.PostgresError) as err:
                log.warning("leases_not_renewed", queue=self._queue.name, error=type(err).__name__)

    async def ack(self, deliveries: Sequence[Delivery]) -> None:
        ids = self._let_go(deliveries)
        async with _reachable(), self._pool.acquire() as connection:
            await store.delete(connection, self._lease, ids)

    async def retry(self, delivery: Delivery, *, delay_s: float) -> None:
        ids = self._let_go([delivery])
        async with _reachable(), self._pool.acquire() as connection:
            await store.retry(connection, self._lease, ids, timedelta(seconds=delay_s))

    async def dead_letter(self, delivery: Delivery, *, reason: str) -> None:
        ids = self._let_go([delivery])
        async with _reachable(), self._pool.acquire() as connection:
            await store.put_aside(connection, self._lease, ids, reason)

    async def give_back(self, deliveries: Sequence[Delivery]) -> None:
        ids = self._let_go(deliveries)
        async with _reachable(), self._pool.acquire() as connection:
            await store.give_back(connection, CHANNEL, self._lease, ids)

    async def give_everything_back(self) -> None:
        """What is in hand, and what a cancelled `receive` had leased without returning it."""
        async with _reachable(), self._pool.acquire() as connection:
            await store.give_back(connection, CHANNEL, self._lease, None)

    def _let_go(self, deliveries: Sequence[Delivery]) -> list[int]:
        ids = [d.handle for d in deliveries if isinstance(d.handle, int)]
        self._in_hand.difference_update(ids)
        self._wakeup.wake()
        return ids


class EmbeddedBus:
    """Open with `open_embedded_bus`."""

    def __init__(self, pool: Pool, notifications: Notifications, *, lease: timedelta) -> None:
        self._pool = pool
        self._notifications = notifications
        self._lease = lease
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        self._tasks = [
            asyncio.create_task(self._notifications.run()),
            asyncio.create_task(self._sweep()),
        ]

    async def _sweep(self) -> None:
        """Finds what no NOTIFY tells of: delays that are over, leases that ran out."""
        while True:
            await asyncio.sleep(SWEEP_S)
            try:
                async with self._pool.acquire() as connection:
                    queues = await store.queues_with_work(connection)
            except (*database.CONNECTION_LOST, asyncpg.PostgresError) as err:
                log.warning("bus_not_swept", error=type(err).__name__)
                continue
            for queue in queues:
                self._notifications.wake(queue)

    async def declare(self, queues: Sequence[Queue]) -> None:
        async with _reachable(), self._pool.acquire() as connection:
            await store.declare(connection, queues)

    async def publish(self, envelopes: Sequence[Envelope]) -> None:
        await self._publish(envelopes, only=None)

    async def send(self, queue: Queue, envelopes: Sequence[Envelope]) -> None:
        await self._publish(envelopes, only=queue)

    async def _publish(self, envelopes: Sequence[Envelope], *, only: Queue | None) -> None:
        failures: dict[UUID, Unroutable | BusUnavailable] = {}
        for envelope in envelopes:
            try:
                refuse_large(envelope)
            except Unroutable as err:
                failures[envelope.id] = err
        sent = [envelope for envelope in envelopes if envelope.id not in failures]
        try:
            queues_of = await self._insert(sent, only)
        except BusUnavailable as err:
            raise PublishFailed(failures | {envelope.id: err for envelope in sent}) from err
        for queue in {queue for queues in queues_of.values() for queue in queues}:
            self._notifications.wake(queue)
        for envelope in sent:
            if envelope.id not in queues_of:
                failures[envelope.id] = Unroutable(f"no queue takes {envelope.routing_key}")
        if failures:
            raise PublishFailed(failures)

    async def _insert(self, envelopes: Sequence[Envelope], only: Queue | None) -> dict[UUID, list[str]]:
        """The queues of each message. Raises BusUnavailable, or ConfirmLost once it may have committed."""
        async with _reachable():
            connection = await self._pool.acquire()
        try:
            async with connection.transaction():
                return await store.insert(
                    connection, CHANNEL, envelopes, only=None if only is None else only.name
                )
        except (*database.CONNECTION_LOST, asyncpg.PostgresError) as err:
            raise ConfirmLost("the bus's database went away before it confirmed") from err
        finally:
            await self._pool.release(connection)

    @asynccontextmanager
    async def subscribe(self, queue: Queue, *, prefetch: int) -> AsyncIterator[Subscription]:
        await self.ping()
        with self._notifications.watch(queue.name) as wakeup:
            subscription = _Subscription(
                self._pool, queue, prefetch=prefetch, wakeup=wakeup, lease=self._lease
            )
            leases = asyncio.create_task(subscription.keep_leases())
            try:
                yield subscription
            finally:
                leases.cancel()
                with suppress(BusUnavailable):  # the leases run out by themselves
                    await subscription.give_everything_back()

    async def ping(self) -> None:
        async with _reachable(), self._pool.acquire() as connection:
            await connection.execute("SELECT 1")

    async def depths(self, queues: Sequence[Queue]) -> dict[str, Depth]:
        async with _reachable(), self._pool.acquire() as connection:
            return await store.depths(connection, [queue.name for queue in queues])

    async def dead_letters(self, queue: Queue, *, limit: int) -> list[DeadLetter]:
        async with _reachable(), self._pool.acquire() as connection:
            return await store.dead_letters(connection, queue.name, limit)

    async def replay(self, queue: Queue, message_ids: set[UUID] | None = None) -> int:
        async with _reachable(), self._pool.acquire() as connection:
            return await store.replay(connection, CHANNEL, queue.name, message_ids)

    async def discard(self, queue: Queue, subjects: Set[str]) -> int:
        async with _reachable(), self._pool.acquire() as connection:
            return await store.discard(connection, queue.name, subjects)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._pool.close()


async def open_embedded_bus(url: str, *, pool_size: int = 8, lease: timedelta = LEASE) -> EmbeddedBus:
    """Waits until the database can be reached."""
    pool = await database.open_pool(url, schema=SCHEMA, max_size=pool_size)
    bus = EmbeddedBus(pool, Notifications(url, schema=SCHEMA, channel=CHANNEL), lease=lease)
    bus.start()
    return bus
