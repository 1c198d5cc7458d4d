import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import pytest
from bus_conformance import received, subscribed, taken
from bus_sources import BusSource, EmbeddedSource
from discard_conformance import DiscardConformance
from sample_service.messages import PROGRESSED, progressed

from hotgigs.chassis import database
from hotgigs.chassis.bus import embedded_store as store
from hotgigs.chassis.database import Connection
from hotgigs.chassis.notifications import SWEEP_S

PAUSED, AWAKE = UUID(int=1), UUID(int=2)

Settle = Callable[[Connection, list[int]], Awaitable[None]]
SETTLING: dict[str, Settle] = {
    "ack": lambda connection, ids: store.delete(connection, PAUSED, ids),
    "retry": lambda connection, ids: store.retry(connection, PAUSED, ids, timedelta(0)),
    "dead letter": lambda connection, ids: store.put_aside(connection, PAUSED, ids, "because"),
    "give back": lambda connection, ids: store.give_back(connection, "channel", PAUSED, ids),
}


class TestEmbeddedBus(DiscardConformance):
    @pytest.fixture
    def source(self, embedded_source: EmbeddedSource) -> BusSource:
        return embedded_source

    async def test_what_is_in_hand_stays_in_hand_for_longer_than_a_lease(
        self, embedded_source: EmbeddedSource
    ) -> None:
        lease = timedelta(seconds=0.3)
        bus = await embedded_source.open(lease=lease)
        await bus.declare([PROGRESSED])
        held, last = progressed(1), progressed(2)
        await bus.publish([held])
        async with subscribed(bus) as subscription:
            (delivery,) = await received(subscription, 1)
            await asyncio.sleep(3 * lease.total_seconds())
            other = await embedded_source.open()
            await other.publish([last])
            assert await taken(other, PROGRESSED, 1) == [last]
            await subscription.ack([delivery])

    async def test_a_row_that_is_no_message_is_put_aside_and_the_others_arrive(
        self, embedded_source: EmbeddedSource, database_url: str
    ) -> None:
        bus = await embedded_source.open()
        await bus.declare([PROGRESSED])
        connection = await database.connect(database_url, schema="bus", purpose="test")
        await connection.execute(
            "INSERT INTO deliveries (queue, message_id, subject, envelope)"
            " VALUES ($1, gen_random_uuid(), '', 'no message')",
            PROGRESSED.name,
        )
        await connection.close()
        envelope = progressed(1)
        await bus.publish([envelope])
        assert await taken(bus, PROGRESSED, 1) == [envelope]
        assert await bus.dead_letters(PROGRESSED, limit=10) == [], "it cannot be shown"

    async def test_a_message_of_another_process_arrives_before_any_sweep(
        self, embedded_source: EmbeddedSource
    ) -> None:
        bus, other = await embedded_source.open(), await embedded_source.open()
        await bus.declare([PROGRESSED])
        # Left to the sweeps, one each, they would take longer.
        async with subscribed(bus) as subscription, asyncio.timeout(5 * SWEEP_S):
            for n in range(8):
                receiving = asyncio.create_task(received(subscription, 1))
                await other.publish([progressed(n)])
                await subscription.ack(await receiving)

    @pytest.mark.parametrize("settle", SETTLING.values(), ids=SETTLING.keys())
    async def test_a_consumer_that_was_paused_past_its_lease_settles_nothing(
        self, embedded_source: EmbeddedSource, database_url: str, settle: Settle
    ) -> None:
        bus = await embedded_source.open()
        await bus.declare([PROGRESSED])
        envelope = progressed()
        await bus.publish([envelope])
        pool = await database.open_pool(database_url, schema="bus", max_size=1)
        async with pool.acquire() as connection:
            await store.lease(connection, PROGRESSED.name, PAUSED, timedelta(0), 1)
            (row,) = await store.lease(connection, PROGRESSED.name, AWAKE, timedelta(seconds=10), 1)
            await settle(connection, [row.id])
            assert await store.lease(connection, PROGRESSED.name, PAUSED, timedelta(0), 1) == []
            assert await store.dead_letters(connection, PROGRESSED.name, 10) == []
            await store.give_back(connection, "channel", AWAKE, [row.id])
        pool.terminate()
        assert await taken(bus, PROGRESSED, 1) == [envelope]
