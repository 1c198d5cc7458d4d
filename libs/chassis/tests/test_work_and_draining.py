"""Work that takes long, and ending in the middle of it."""

import asyncio

import pytest
from consuming import consuming, effects, effects_become, note_progress, units_of_work
from sample_service.messages import PROGRESSED, progressed
from support.eventually import eventually

from hotgigs.chassis import retry
from hotgigs.chassis.bus.interface import Bus, DeadLetter
from hotgigs.chassis.consumer import Consumer
from hotgigs.chassis.database import Pool
from hotgigs.chassis.errors import DependencyDown, Permanent
from hotgigs.chassis.handlers import Handler, WorkHandler
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.parser.parse_progressed import ParseProgressedV1

pytestmark = pytest.mark.usefixtures("declared")


def handler(handle: object = note_progress, *, batch_size: int = 50) -> Handler[ParseProgressedV1]:
    return Handler(message=ParseProgressedV1, handle=handle, batch_size=batch_size)


async def dead_letter(bus: Bus) -> DeadLetter:
    (dead,) = await eventually(lambda: bus.dead_letters(PROGRESSED, limit=10))
    return dead


async def test_a_dependency_that_is_down_pauses_and_uses_up_no_try(
    bus: Bus, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hotgigs.chassis.consumer.PAUSE_S", 0.01)
    attempts = 0

    async def work(_: ParseProgressedV1, __: object) -> None:
        nonlocal attempts
        attempts += 1
        if attempts <= 2 * retry.MAX_TRIES:
            raise DependencyDown("the store is away")

    async def record(event: ParseProgressedV1, _: None, uow: UnitOfWork) -> None:
        await note_progress(event, uow)

    await bus.publish([progressed(1)])
    async with consuming(
        bus, PROGRESSED, WorkHandler(message=ParseProgressedV1, work=work, record=record), pool
    ):
        await effects_become(pool, [1])
    assert attempts == 2 * retry.MAX_TRIES + 1


async def test_work_that_is_given_up_has_its_outcome_once_and_is_a_dead_letter(bus: Bus, pool: Pool) -> None:
    async def work(_: ParseProgressedV1, __: object) -> None:
        raise Permanent("it cannot be done")

    async def record(event: ParseProgressedV1, _: None, uow: UnitOfWork) -> None:
        raise AssertionError

    giving_up = WorkHandler(message=ParseProgressedV1, work=work, record=record, give_up=note_progress)
    await bus.publish([progressed(1)])
    async with consuming(bus, PROGRESSED, giving_up, pool):
        assert "it cannot be done" in (await dead_letter(bus)).reason
        assert await effects(pool) == [1]
        await bus.replay(PROGRESSED)
        await bus.publish([progressed(2)])
        await effects_become(pool, [1, 2])


async def test_work_is_done_outside_a_transaction_and_recorded_once(bus: Bus, pool: Pool) -> None:
    worked: list[int] = []

    async def work(event: ParseProgressedV1, resources: object) -> str:
        assert resources == "resources"
        worked.append(event.sequence)
        async with pool.acquire() as connection:
            idle = await connection.fetchval(
                "SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction'"
                " AND datname = current_database()"
            )
        return f"idle in transaction: {idle}"

    async def record(event: ParseProgressedV1, outcome: str, uow: UnitOfWork) -> None:
        await uow.connection.execute(
            "INSERT INTO effects (sequence, note) VALUES ($1, $2)", event.sequence, outcome
        )

    working = WorkHandler(message=ParseProgressedV1, work=work, record=record)
    envelope = progressed(1)
    async with consuming(bus, PROGRESSED, working, pool, resources="resources"):
        await bus.publish([envelope])
        await effects_become(pool, [1])
        await bus.publish([envelope])
        await bus.publish([progressed(2)])
        await effects_become(pool, [1, 2])
    assert worked == [1, 2]
    async with pool.acquire() as connection:
        notes = await connection.fetch("SELECT DISTINCT note FROM effects")
    assert [row["note"] for row in notes] == ["idle in transaction: 0"]


async def test_work_that_two_consumers_did_is_recorded_once(bus: Bus, pool: Pool) -> None:
    both_at_work = asyncio.Barrier(2)

    async def work(_: ParseProgressedV1, __: object) -> None:
        await both_at_work.wait()

    async def record(event: ParseProgressedV1, _: None, uow: UnitOfWork) -> None:
        await note_progress(event, uow)

    working = WorkHandler(message=ParseProgressedV1, work=work, record=record, concurrency=lambda _: 2)
    envelope = progressed(1)
    await bus.publish([envelope])
    await bus.publish([envelope])
    async with consuming(bus, PROGRESSED, working, pool):
        await effects_become(pool, [1])
        await bus.publish([progressed(2), progressed(3)])
        await effects_become(pool, [1, 2, 3])


async def test_work_goes_on_at_several_messages_at_once(bus: Bus, pool: Pool) -> None:
    three_at_work = asyncio.Barrier(3)

    async def work(_: ParseProgressedV1, __: object) -> None:
        await three_at_work.wait()

    async def record(event: ParseProgressedV1, _: None, uow: UnitOfWork) -> None:
        await note_progress(event, uow)

    working = WorkHandler(message=ParseProgressedV1, work=work, record=record, concurrency=lambda size: size)
    await bus.publish([progressed(n) for n in range(3)])
    async with consuming(bus, PROGRESSED, working, pool, resources=3):
        await effects_become(pool, [0, 1, 2])


async def test_draining_finishes_what_is_in_hand_and_gives_back_the_rest(bus: Bus, pool: Pool) -> None:
    at_work, go_on = asyncio.Event(), asyncio.Event()

    async def work(_: ParseProgressedV1, __: object) -> None:
        at_work.set()
        await go_on.wait()

    async def record(event: ParseProgressedV1, _: None, uow: UnitOfWork) -> None:
        await note_progress(event, uow)

    envelopes = [progressed(n) for n in range(6)]
    for envelope in envelopes:
        await bus.publish([envelope])
    working = WorkHandler(message=ParseProgressedV1, work=work, record=record)
    consumer = Consumer(bus, PROGRESSED, working, units_of_work(pool, bus), None)
    running = asyncio.create_task(consumer.run())
    async with asyncio.timeout(20):
        await at_work.wait()
        consumer.drain()
        go_on.set()
        await running
    (done,) = await effects(pool)
    async with bus.subscribe(PROGRESSED, prefetch=50) as subscription, asyncio.timeout(5):
        rest: list[object] = []
        while len(rest) < 5:
            rest += [d.envelope for d in await subscription.receive(50)]
    assert {e.id for e in rest} == {e.id for n, e in enumerate(envelopes) if n != done}


async def test_draining_while_a_dependency_is_down_gives_the_message_back(bus: Bus, pool: Pool) -> None:
    at_work = asyncio.Event()

    async def wait_for_dependency(_: ParseProgressedV1, __: UnitOfWork) -> None:
        at_work.set()
        raise DependencyDown("away")

    envelope = progressed(1)
    await bus.publish([envelope])
    consumer = Consumer(bus, PROGRESSED, handler(wait_for_dependency), units_of_work(pool, bus), None)
    running = asyncio.create_task(consumer.run())
    async with asyncio.timeout(10):
        await at_work.wait()
        consumer.drain()
        await running
        async with bus.subscribe(PROGRESSED, prefetch=5) as subscription:
            (delivery,) = await subscription.receive(1)
    assert delivery.envelope == envelope
    assert delivery.tries == 0
