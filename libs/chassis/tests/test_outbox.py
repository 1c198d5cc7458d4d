"""The relay, from a committed change to the bus."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import msgspec
import pytest
from bus_conformance import received, taken
from bus_sources import RabbitMQSource
from consuming import units_of_work
from sample_service.messages import FAILED, PROGRESSED, parse_failed, parse_failure, progress, progressed
from support.eventually import eventually
from support.postgres import cut_connections

from hotgigs.chassis import database, outbox
from hotgigs.chassis.bus.interface import (
    MAX_MESSAGE_BYTES,
    Bus,
    BusUnavailable,
    ConfirmLost,
    PublishFailed,
)
from hotgigs.chassis.database import Pool
from hotgigs.chassis.outbox import Relay
from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.contracts.envelope import Envelope, wrap


@pytest.fixture(autouse=True)
async def _declared(bus: Bus) -> None:
    await bus.declare([PROGRESSED])


async def appended(pool: Pool, *envelopes: Envelope) -> None:
    async with pool.acquire() as connection:
        await outbox.append(connection, envelopes)


async def waiting(pool: Pool) -> int:
    async with pool.acquire() as connection:
        count: int = await connection.fetchval("SELECT count(*) FROM outbox")
        return count


async def test_a_message_is_published_after_its_transaction_commits(bus: Bus, pool: Pool) -> None:
    relay = Relay(pool, bus, service="sample")
    units = UnitsOfWork(pool, relay, source="parser")
    async with units.begin() as uow:
        uow.publish(progress(1))
        await uow.flush()
        assert await relay.publish_batch() == 0
    await relay.publish_batch()
    (arrived,) = await taken(bus, PROGRESSED, 1)
    assert arrived.open() == progress(1)


async def test_nothing_is_published_of_a_transaction_that_rolled_back(bus: Bus, pool: Pool) -> None:
    relay = Relay(pool, bus, service="sample")
    units = UnitsOfWork(pool, relay, source="parser")
    with suppress(ZeroDivisionError):
        async with units.begin() as uow:
            uow.publish(progress(1))
            raise ZeroDivisionError
    assert await relay.publish_batch() == 0
    last = progressed(2)
    await appended(pool, last)
    await relay.publish_batch()
    assert await taken(bus, PROGRESSED, 1) == [last]


async def test_a_commit_wakes_the_relay(bus: Bus, pool: Pool) -> None:
    relay = Relay(pool, bus, service="sample")
    units = UnitsOfWork(pool, relay, source="parser")
    running = asyncio.create_task(relay.run())
    # Left to the sweeps, one each, they would take longer.
    async with bus.subscribe(PROGRESSED, prefetch=5) as subscription, asyncio.timeout(5 * outbox.SWEEP_S):
        for n in range(8):
            async with units.begin() as uow:
                uow.publish(progress(n))
            await subscription.ack(await received(subscription, 1))
    running.cancel()


async def test_messages_that_a_process_left_behind_are_swept_up(bus: Bus, pool: Pool) -> None:
    running = asyncio.create_task(Relay(pool, bus, service="sample").run())
    left_behind = progressed(1)
    async with asyncio.timeout(10):
        await asyncio.sleep(0)
        await appended(pool, left_behind)
        assert await taken(bus, PROGRESSED, 1) == [left_behind]
    running.cancel()


async def test_a_published_message_leaves_the_outbox(bus: Bus, pool: Pool) -> None:
    relay = Relay(pool, bus, service="sample")
    await appended(pool, progressed(1), progressed(2))
    assert await relay.publish_batch() == 2
    assert await waiting(pool) == 0
    assert await relay.publish_batch() == 0


async def test_messages_are_published_in_the_order_they_were_appended(bus: Bus, pool: Pool) -> None:
    relay = Relay(pool, bus, service="sample")
    envelopes = [progressed(n) for n in range(outbox.BATCH + 50)]
    for start in range(0, len(envelopes), 30):
        await appended(pool, *envelopes[start : start + 30])
    assert await relay.publish_batch() == outbox.BATCH
    assert await relay.publish_batch() == 50
    arrived = await taken(bus, PROGRESSED, len(envelopes))
    assert arrived == envelopes


async def test_two_relays_publish_each_message_once(bus: Bus, pool: Pool) -> None:
    envelopes = [progressed(n) for n in range(1000)]
    await appended(pool, *envelopes)
    relays = [asyncio.create_task(Relay(pool, bus, service="sample").run()) for _ in range(2)]
    await eventually(lambda: _is_empty(pool))
    for relay in relays:
        relay.cancel()
    last = progressed(1000)
    await bus.publish([last])
    ids = sorted(e.id for e in await taken(bus, PROGRESSED, 1001))
    assert ids == sorted(e.id for e in [*envelopes, last])


async def test_an_unroutable_message_stays_and_does_not_hold_up_the_others(bus: Bus, pool: Pool) -> None:
    relay = Relay(pool, bus, service="sample")
    unroutable, other = parse_failed(), progressed(1)
    await appended(pool, unroutable, other)
    await relay.publish_batch()
    assert await taken(bus, PROGRESSED, 1) == [other]
    assert await waiting(pool) == 1
    assert await relay.publish_batch() == 0, "it is not tried again at once"


async def test_an_unroutable_message_is_published_when_a_queue_takes_it(
    bus: Bus, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "RETRY_S", 0.0)
    relay = Relay(pool, bus, service="sample")
    failed = parse_failed()
    await appended(pool, failed)
    await relay.publish_batch()
    await bus.declare([FAILED])
    await relay.publish_batch()
    assert await taken(bus, FAILED, 1) == [failed]
    assert await waiting(pool) == 0


async def test_a_message_that_newer_code_appended_does_not_stop_an_older_relay(bus: Bus, pool: Pool) -> None:
    relay = Relay(pool, bus, service="sample")
    newer = msgspec.structs.replace(progressed(1), type="hotgigs.parser.parse_progressed.v99")
    unheard_of = msgspec.structs.replace(progressed(2), type="hotgigs.parser.not_yet_invented.v1")
    other = progressed(3)
    await appended(pool, newer, unheard_of, other)
    await relay.publish_batch()
    assert await taken(bus, PROGRESSED, 2) == [newer, other]
    assert await waiting(pool) == 1


async def test_a_message_that_is_too_large_does_not_hold_up_the_others(bus: Bus, pool: Pool) -> None:
    relay = Relay(pool, bus, service="sample")
    large = wrap(parse_failure("x" * (MAX_MESSAGE_BYTES + 1)), source="parser", correlation_id="large")
    other = progressed(1)
    await bus.declare([FAILED])
    await appended(pool, large, other)
    await relay.publish_batch()
    assert await taken(bus, PROGRESSED, 1) == [other]
    assert await waiting(pool) == 1


async def test_a_row_that_is_no_message_is_kept_back_and_the_others_go(bus: Bus, pool: Pool) -> None:
    relay = Relay(pool, bus, service="sample")
    async with pool.acquire() as connection:
        await connection.execute("INSERT INTO outbox (subject, envelope) VALUES ('none', 'no message')")
    other = progressed(1)
    await appended(pool, other)
    await relay.publish_batch()
    assert await taken(bus, PROGRESSED, 1) == [other]
    assert await waiting(pool) == 1
    assert await relay.publish_batch() == 0


async def test_messages_about_a_subject_can_be_forgotten_and_the_others_go(bus: Bus, pool: Pool) -> None:
    relay = Relay(pool, bus, service="sample")
    forgotten, other = progressed(1), msgspec.structs.replace(progressed(2), subject="another")
    await appended(pool, forgotten, other)
    async with units_of_work(pool, bus).begin() as uow:
        assert await outbox.forget(uow.connection, {forgotten.subject, "nobody"}) == 1
    await relay.publish_batch()
    assert await taken(bus, PROGRESSED, 1) == [other]
    assert await waiting(pool) == 0


class FallingBus:
    """A bus that loses its connection, with all that waits on it, over one message."""

    def __init__(self, bus: Bus, fatal: Envelope) -> None:
        self._bus = bus
        self._fatal = fatal

    async def publish(self, envelopes: Sequence[Envelope]) -> None:
        if self._fatal in envelopes:
            raise PublishFailed({envelope.id: ConfirmLost("lost") for envelope in envelopes})
        await self._bus.publish(envelopes)


async def test_a_message_that_costs_the_connection_does_not_hold_up_the_others(
    bus: Bus, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "SWEEP_S", 0.01)
    fatal = progressed(0)
    others = [progressed(n) for n in range(1, 20)]
    await appended(pool, fatal, *others)
    relay = Relay(pool, FallingBus(bus, fatal), service="sample")
    running = asyncio.create_task(relay.run())
    assert await taken(bus, PROGRESSED, len(others)) == others
    assert await waiting(pool) == 1
    running.cancel()


async def test_messages_wait_in_the_outbox_while_the_bus_is_away(
    rabbitmq_source: RabbitMQSource, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "SWEEP_S", 0.05)
    bus = await rabbitmq_source.open_doomed()
    await bus.declare([PROGRESSED])
    envelopes = [progressed(n) for n in range(20)]
    rabbitmq_source.proxy.refuse()
    await appended(pool, *envelopes)
    relay = Relay(pool, bus, service="sample")
    with pytest.raises(BusUnavailable):
        await relay.publish_batch()
    assert await waiting(pool) == 20
    running = asyncio.create_task(relay.run())
    await asyncio.sleep(0)
    rabbitmq_source.proxy.allow()
    await eventually(lambda: _is_empty(pool))
    running.cancel()
    arrived = await taken(await rabbitmq_source.open(), PROGRESSED, 20)
    assert {e.id for e in arrived} == {e.id for e in envelopes}


async def test_a_relay_outlives_a_cut_database_connection(bus: Bus, pool: Pool, database_url: str) -> None:
    running = asyncio.create_task(Relay(pool, bus, service="sample").run())
    assert await cut_connections(database_url)
    envelope = progressed(1)
    connection = await database.connect(database_url, schema="sample", purpose="test")
    await outbox.append(connection, [envelope])
    await connection.close()
    assert await taken(bus, PROGRESSED, 1) == [envelope]
    assert not running.done()
    running.cancel()


async def test_what_a_unit_of_work_begins_with_no_message_wakes_nobody(bus: Bus, pool: Pool) -> None:
    async with units_of_work(pool, bus).begin() as uow:
        assert await uow.flush() is False
    assert await waiting(pool) == 0


async def _is_empty(pool: Pool) -> bool:
    return await waiting(pool) == 0


async def test_a_bus_that_never_answers_does_not_hold_the_rows_for_longer_than_the_database_allows(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert outbox.PUBLISH_LIMIT_S < database.IDLE_IN_TRANSACTION_S
    monkeypatch.setattr(outbox, "PUBLISH_LIMIT_S", 0.05)

    class SilentBus:
        async def publish(self, envelopes: Sequence[Envelope]) -> None:
            await asyncio.Event().wait()

    await appended(pool, progressed(1), progressed(2))
    with pytest.raises(BusUnavailable):
        await Relay(pool, SilentBus(), service="sample").publish_batch()  # type: ignore[arg-type]
    assert await waiting(pool) == 2
    async with pool.acquire() as connection:
        assert await connection.fetchval("SELECT count(*) FROM outbox WHERE publish_after <= now()") == 2
