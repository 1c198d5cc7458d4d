"""What every bus promises. A bus's test class inherits these tests and gives them a `source`."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from bus_sources import BusSource
from sample_service.messages import (
    FAILED,
    PROGRESSED,
    PROGRESSED_TOO,
    SUBMITTED,
    parse_failed,
    progressed,
    submitted,
)

from hotgigs.chassis.bus.interface import (
    DELIVERY_LIMIT,
    Bus,
    BusUnavailable,
    Delivery,
    PublishFailed,
    Queue,
    Subscription,
    Unroutable,
)
from hotgigs.contracts.envelope import UnknownMessage

TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


class BusConformance:
    @pytest.fixture
    async def bus(self, source: BusSource) -> Bus:
        bus = await source.open()
        await bus.declare([PROGRESSED])
        return bus

    async def test_a_message_reaches_every_queue_that_is_bound_to_it_and_no_other(self, bus: Bus) -> None:
        await bus.declare([PROGRESSED_TOO, FAILED])
        first, failed, second = progressed(1), parse_failed(), progressed(2)
        for envelope in (first, failed, second):
            await bus.publish([envelope])
        assert await taken(bus, PROGRESSED, 2) == [first, second]
        assert await taken(bus, PROGRESSED_TOO, 2) == [first, second]
        assert await taken(bus, FAILED, 1) == [failed]

    async def test_a_command_reaches_its_queue(self, bus: Bus) -> None:
        await bus.declare([SUBMITTED])
        command = submitted()
        await bus.publish([command])
        assert await taken(bus, SUBMITTED, 1) == [command]

    async def test_what_is_sent_to_a_queue_reaches_no_other(self, bus: Bus) -> None:
        await bus.declare([PROGRESSED_TOO])
        sent, published = progressed(1), progressed(2)
        await bus.send(PROGRESSED, [sent])
        await bus.publish([published])
        assert await taken(bus, PROGRESSED, 2) == [sent, published]
        assert await taken(bus, PROGRESSED_TOO, 1) == [published]

    async def test_what_is_sent_to_a_queue_that_is_not_there_is_unroutable(self, bus: Bus) -> None:
        envelope = progressed()
        with pytest.raises(PublishFailed) as failed:
            await bus.send(PROGRESSED_TOO, [envelope])
        assert isinstance(failed.value.failures[envelope.id], Unroutable)

    async def test_declaring_again_keeps_what_is_in_the_queues(self, bus: Bus) -> None:
        envelope = progressed()
        await bus.publish([envelope])
        await bus.declare([PROGRESSED])
        assert await taken(bus, PROGRESSED, 1) == [envelope]

    async def test_an_unroutable_message_is_named_and_the_others_arrive(self, bus: Bus) -> None:
        before, unroutable, after = progressed(1), parse_failed(), progressed(2)
        with pytest.raises(PublishFailed) as failed:
            await bus.publish([before, unroutable, after])
        assert set(failed.value.failures) == {unroutable.id}
        assert isinstance(failed.value.failures[unroutable.id], Unroutable)
        assert await taken(bus, PROGRESSED, 2) == [before, after]

    async def test_a_message_that_only_newer_code_knows_is_unroutable_until_a_queue_takes_it(
        self, bus: Bus
    ) -> None:
        newer = msgspec.structs.replace(progressed(), type="hotgigs.parser.not_yet_invented.v1")
        with pytest.raises(PublishFailed) as failed:
            await bus.publish([newer])
        assert isinstance(failed.value.failures[newer.id], Unroutable)

    async def test_messages_are_stored_when_publish_returns(self, source: BusSource, bus: Bus) -> None:
        envelopes = [progressed(n) for n in range(300)]
        doomed = await source.open_doomed()
        await doomed.publish(envelopes)
        await source.lose(doomed)
        assert {e.id for e in await taken(bus, PROGRESSED, 300)} == {e.id for e in envelopes}

    async def test_messages_survive_closing_and_opening_the_bus(self, source: BusSource, bus: Bus) -> None:
        envelope = progressed()
        await bus.publish([envelope])
        await bus.close()
        assert await taken(await source.open(), PROGRESSED, 1) == [envelope]

    async def test_competing_consumers_share_a_queue(self, source: BusSource, bus: Bus) -> None:
        envelopes = [progressed(n) for n in range(10)]
        other_bus = await source.open()
        async with subscribed(bus, prefetch=5) as one, subscribed(other_bus, prefetch=5) as other:
            await bus.publish(envelopes)
            ones, others = await received(one, 5), await received(other, 5)
            assert {d.envelope.id for d in ones + others} == {e.id for e in envelopes}

    async def test_what_is_not_settled_comes_back_when_the_subscription_closes(self, bus: Bus) -> None:
        done, held = progressed(1), progressed(2)
        await bus.publish([done, held])
        async with subscribed(bus) as subscription:
            deliveries = await received(subscription, 2)
            await subscription.ack([d for d in deliveries if d.envelope == done])
        async with subscribed(bus) as subscription:
            (again,) = await received(subscription, 1)
            assert again.envelope == held
            assert again.tries == 0

    async def test_what_is_not_settled_comes_back_when_the_process_is_killed(
        self, source: BusSource, bus: Bus
    ) -> None:
        envelope = progressed()
        await bus.publish([envelope])
        async with consumer_process(source, "hold") as (process, lines):
            assert await anext(lines) == str(envelope.id)
            os.kill(process.pid, signal.SIGKILL)
            await process.wait()
        assert await taken(bus, PROGRESSED, 1) == [envelope]

    async def test_consumers_in_several_processes_take_each_message_once(
        self, source: BusSource, bus: Bus
    ) -> None:
        envelopes = [progressed(n) for n in range(200)]
        last = progressed(200)
        async with AsyncExitStack() as stack:
            outputs = [
                (await stack.enter_async_context(consumer_process(source, "ack")))[1] for _ in range(2)
            ]
            await bus.publish(envelopes)
            seen: asyncio.Queue[str] = asyncio.Queue()
            for lines in outputs:
                stack.callback(asyncio.create_task(_pour(lines, seen)).cancel)
            async with asyncio.timeout(20):
                ids = [await seen.get() for _ in envelopes]
            assert sorted(ids) == sorted(str(e.id) for e in envelopes)
        await bus.publish([last])
        assert await taken(bus, PROGRESSED, 1) == [last]

    async def test_no_more_than_prefetch_are_in_hand(self, source: BusSource, bus: Bus) -> None:
        await bus.publish([progressed(n) for n in range(3)])
        async with subscribed(bus, prefetch=2) as full, subscribed(await source.open()) as free:
            in_hand = await received(full, 2)
            (third,) = await received(free, 1)
            assert third.envelope.id not in {d.envelope.id for d in in_hand}
            await bus.publish([progressed(3)])
            await free.ack(await received(free, 1))
            await full.ack(in_hand[:1])
            await bus.publish([progressed(n) for n in range(4, 40)])
            assert len(await received(full, 1)) == 1

    async def test_a_retry_comes_back_after_its_delay_with_one_more_try(self, bus: Bus) -> None:
        failing, next_one = progressed(1), progressed(2)
        await bus.publish([failing])
        async with subscribed(bus) as subscription:
            (delivery,) = await received(subscription, 1)
            began = time.monotonic()
            await subscription.retry(delivery, delay_s=1.2)
            await bus.publish([next_one])
            (other,) = await received(subscription, 1)
            assert other.envelope == next_one
            (again,) = await received(subscription, 1)
            assert time.monotonic() - began >= 1.19
            assert again.envelope == failing
            assert again.tries == 1
            await subscription.retry(again, delay_s=0.1)
            (again,) = await received(subscription, 1)
            assert again.envelope == failing
            assert again.tries == 2

    async def test_a_retry_comes_to_its_own_queue_only(self, bus: Bus) -> None:
        await bus.declare([PROGRESSED_TOO])
        failing, last = progressed(1), progressed(2)
        await bus.publish([failing])
        async with subscribed(bus) as subscription:
            (delivery,) = await received(subscription, 1)
            await subscription.retry(delivery, delay_s=0.1)
            await received(subscription, 1)
        await bus.publish([last])
        assert await taken(bus, PROGRESSED_TOO, 2) == [failing, last]

    async def test_a_dead_letter_is_listed_with_its_reason_and_stays(self, bus: Bus) -> None:
        envelope = progressed()
        await put_aside(bus, envelope)
        for _ in range(3):
            (dead,) = await bus.dead_letters(PROGRESSED, limit=10)
            assert dead.envelope == envelope
            assert dead.reason == "because"
            assert dead.queue == PROGRESSED.name
            assert dead.died_at is not None

    async def test_no_more_dead_letters_are_listed_than_asked_for_oldest_first(self, bus: Bus) -> None:
        envelopes = [progressed(n) for n in range(3)]
        for envelope in envelopes:
            await put_aside(bus, envelope)
        assert [d.envelope for d in await bus.dead_letters(PROGRESSED, limit=2)] == envelopes[:2]

    async def test_a_replayed_dead_letter_comes_back_with_no_tries_used(self, bus: Bus) -> None:
        envelope = progressed()
        await bus.publish([envelope])
        async with subscribed(bus) as subscription:
            (delivery,) = await received(subscription, 1)
            await subscription.retry(delivery, delay_s=0.1)
            (delivery,) = await received(subscription, 1)
            await subscription.dead_letter(delivery, reason="because")
            (dead,) = await bus.dead_letters(PROGRESSED, limit=10)
            assert dead.tries == 1
            assert await bus.replay(PROGRESSED) == 1
            (delivery,) = await received(subscription, 1)
            assert delivery.envelope == envelope
            assert delivery.tries == 0
            await subscription.ack([delivery])
        assert await bus.dead_letters(PROGRESSED, limit=10) == []

    async def test_one_dead_letter_can_be_replayed_alone(self, bus: Bus) -> None:
        envelopes = [progressed(n) for n in range(3)]
        for envelope in envelopes:
            await put_aside(bus, envelope)
        assert await bus.replay(PROGRESSED, {envelopes[1].id}) == 1
        assert await taken(bus, PROGRESSED, 1) == [envelopes[1]]
        kept = [d.envelope for d in await bus.dead_letters(PROGRESSED, limit=10)]
        assert kept == [envelopes[0], envelopes[2]]

    async def test_replaying_ends_though_the_messages_die_again_meanwhile(self, bus: Bus) -> None:
        envelopes = [progressed(n) for n in range(40)]
        for envelope in envelopes:
            await put_aside(bus, envelope)
        async with subscribed(bus) as subscription:
            killing = asyncio.create_task(_put_aside_all(subscription))
            async with asyncio.timeout(20):
                assert await bus.replay(PROGRESSED) == 40
            killing.cancel()

    async def test_a_message_that_is_never_answered_ends_as_a_dead_letter(
        self, source: BusSource, bus: Bus
    ) -> None:
        poison = progressed()
        await bus.publish([poison])
        rounds = 0
        while await self._is_delivered(source, bus):
            rounds += 1
            assert rounds <= DELIVERY_LIMIT + 1
        assert rounds >= DELIVERY_LIMIT
        (dead,) = await bus.dead_letters(PROGRESSED, limit=10)
        assert dead.envelope == poison
        assert str(DELIVERY_LIMIT) in dead.reason
        assert await bus.replay(PROGRESSED) == 1
        assert await taken(bus, PROGRESSED, 1) == [poison]

    async def _is_delivered(self, source: BusSource, bus: Bus) -> bool:
        """Takes a message and dies; False where it has become a dead letter."""
        doomed = await source.open_doomed()
        with suppress(BusUnavailable):
            async with subscribed(doomed) as subscription:
                receiving = asyncio.create_task(subscription.receive(1))
                while not receiving.done():
                    if await bus.dead_letters(PROGRESSED, limit=1):
                        receiving.cancel()
                        return False
                    await asyncio.wait({receiving}, timeout=0.05)
                await source.lose(doomed)
        return True

    async def test_what_is_given_back_comes_to_another_consumer_with_no_try_used(
        self, source: BusSource, bus: Bus
    ) -> None:
        envelope = progressed()
        await bus.publish([envelope])
        async with subscribed(bus, prefetch=1) as first:
            (delivery,) = await received(first, 1)
            async with subscribed(await source.open(), prefetch=1) as second:
                waiting = asyncio.create_task(received(second, 1))
                # Full again with the next message, the first one leaves the other to the second.
                await first.give_back([delivery])
                await bus.publish([progressed(1)])
                deliveries = await received(first, 1) + await waiting
                assert envelope in [d.envelope for d in deliveries]
                assert {d.tries for d in deliveries} == {0}

    async def test_a_version_newer_than_this_code_reaches_the_consumers_queue(self, bus: Bus) -> None:
        newer = msgspec.structs.replace(
            progressed(), type="hotgigs.parser.parse_progressed.v99", data=b'{"unheard":"of"}'
        )
        await bus.publish([newer])
        (arrived,) = await taken(bus, PROGRESSED, 1)
        assert arrived == newer
        with pytest.raises(UnknownMessage):
            arrived.open()

    async def test_attributes_survive_every_way_round(self, bus: Bus) -> None:
        envelope = progressed(7, causation_id=str(UUID(int=7)), traceparent=TRACEPARENT)
        await bus.publish([envelope])
        async with subscribed(bus) as subscription:
            (delivery,) = await received(subscription, 1)
            assert delivery.envelope == envelope
            await subscription.retry(delivery, delay_s=0.1)
            (delivery,) = await received(subscription, 1)
            assert delivery.envelope == envelope
            await subscription.dead_letter(delivery, reason="because")
            await bus.replay(PROGRESSED)
            (delivery,) = await received(subscription, 1)
            assert delivery.envelope == envelope

    async def test_a_bus_that_can_be_reached_answers_a_ping(self, bus: Bus) -> None:
        await bus.ping()


@asynccontextmanager
async def subscribed(bus: Bus, *, prefetch: int = 50) -> AsyncIterator[Subscription]:
    async with bus.subscribe(PROGRESSED, prefetch=prefetch) as subscription:
        yield subscription


async def received(subscription: Subscription, count: int) -> list[Delivery]:
    """Exactly the next ``count``."""
    deliveries: list[Delivery] = []
    async with asyncio.timeout(20):
        while len(deliveries) < count:
            deliveries += await subscription.receive(count - len(deliveries))
    assert len(deliveries) == count
    return deliveries


async def taken(bus: Bus, queue: Queue, count: int) -> list[object]:
    """The next ``count`` of the queue, in their order, settled."""
    async with bus.subscribe(queue, prefetch=count) as subscription:
        deliveries = await received(subscription, count)
        await subscription.ack(deliveries)
    return [delivery.envelope for delivery in deliveries]


async def put_aside(bus: Bus, envelope: object) -> None:
    await bus.publish([envelope])
    async with subscribed(bus) as subscription:
        (delivery,) = await received(subscription, 1)
        await subscription.dead_letter(delivery, reason="because")


async def _put_aside_all(subscription: Subscription) -> None:
    while True:
        for delivery in await subscription.receive(10):
            await subscription.dead_letter(delivery, reason="again")


@asynccontextmanager
async def consumer_process(
    source: BusSource, what: str
) -> AsyncIterator[tuple[asyncio.subprocess.Process, AsyncIterator[str]]]:
    """`consumer_process.py` on `PROGRESSED`, subscribed, and the lines it prints."""
    script = Path(__file__).parent / "consumer_process.py"
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        script,
        PROGRESSED.name,
        PROGRESSED.routing_key,
        what,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, **source.environment},
    )
    try:
        assert process.stdout is not None
        lines = (line.decode().strip() async for line in process.stdout)
        async with asyncio.timeout(20):
            assert await anext(lines) == "ready"
        yield process, lines
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _pour(lines: AsyncIterator[str], into: asyncio.Queue[str]) -> None:
    async for line in lines:
        into.put_nowait(line)
