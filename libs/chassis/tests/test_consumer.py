"""What becomes of a message, on either bus."""

import asyncio
from collections.abc import Sequence

import msgspec
import pytest
from consuming import consuming, effects, effects_become, note_progress, units_of_work
from hotgigs.chassis import retry
from hotgigs.chassis.bus.interface import Bus, DeadLetter
from hotgigs.chassis.consumer import Consumer
from hotgigs.chassis.database import Pool
from hotgigs.chassis.errors import DependencyDown, Permanent, Transient
from hotgigs.chassis.handlers import BatchHandler, Handler, WorkHandler
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.parser.parse_progressed import ParseProgressedV1
from sample_service.messages import PROGRESSED, parse_failure, progressed
from support.eventually import eventually


@pytest.fixture(autouse=True)
async def _declared(bus: Bus) -> None:
    await bus.declare([PROGRESSED])


@pytest.fixture
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Backoffs of tens of milliseconds, so that all tries fit into a test."""
    monkeypatch.setattr(retry, "BASE_S", 0.01)
    monkeypatch.setattr(retry, "CAP_S", 0.05)


def handler(handle: object = note_progress, *, batch_size: int = 50) -> Handler[ParseProgressedV1]:
    return Handler(message=ParseProgressedV1, handle=handle, batch_size=batch_size)


async def dead_letter(bus: Bus) -> DeadLetter:
    (dead,) = await eventually(lambda: bus.dead_letters(PROGRESSED, limit=10))
    return dead


async def test_a_message_has_its_effect_once_though_it_is_delivered_twice(bus: Bus, pool: Pool) -> None:
    envelope = progressed(1)
    async with consuming(bus, PROGRESSED, handler(), pool):
        await bus.publish([envelope])
        await effects_become(pool, [1])
        await bus.publish([envelope])
        await bus.publish([progressed(2)])
        await effects_become(pool, [1, 2])


async def test_a_batch_that_holds_a_message_twice_has_its_effect_once(bus: Bus, pool: Pool) -> None:
    envelope = progressed(1)
    await bus.publish([envelope])
    await bus.publish([envelope])
    await bus.publish([progressed(2)])
    async with consuming(bus, PROGRESSED, handler(), pool):
        await effects_become(pool, [1, 2])


async def test_two_consumers_at_once_have_one_effect_a_message(bus: Bus, pool: Pool) -> None:
    envelopes = [progressed(n) for n in range(30)]
    for _ in range(2):
        await bus.publish(envelopes)
    async with (
        consuming(bus, PROGRESSED, handler(batch_size=3), pool),
        consuming(bus, PROGRESSED, handler(batch_size=3), pool),
    ):
        await effects_become(pool, list(range(30)))
        await bus.publish([progressed(30)])
        await effects_become(pool, list(range(31)))


async def test_what_is_done_is_not_delivered_again(bus: Bus, pool: Pool) -> None:
    deliveries = 0

    async def count(event: ParseProgressedV1, uow: UnitOfWork) -> None:
        nonlocal deliveries
        deliveries += 1
        await note_progress(event, uow)

    await bus.publish([progressed(n) for n in range(5)])
    async with consuming(bus, PROGRESSED, handler(count), pool):
        await effects_become(pool, list(range(5)))
    async with bus.subscribe(PROGRESSED, prefetch=50) as subscription:
        last = progressed(99)
        await bus.publish([last])
        seen: list[object] = []
        while last not in seen:
            deliveries_now = await subscription.receive(50)
            seen += [d.envelope for d in deliveries_now]
            await subscription.ack(deliveries_now)
    # What was acknowledged last may have been on its way when the consumer ended; the rest was not.
    assert deliveries == 5


@pytest.mark.usefixtures("_in_a_hurry")
async def test_a_transient_failure_is_tried_again_until_it_succeeds(bus: Bus, pool: Pool) -> None:
    tries = 0

    async def fail_twice(event: ParseProgressedV1, uow: UnitOfWork) -> None:
        nonlocal tries
        tries += 1
        await note_progress(event, uow)
        if tries <= 2:
            raise Transient("not now")

    await bus.publish([progressed(1)])
    async with consuming(bus, PROGRESSED, handler(fail_twice), pool):
        await effects_become(pool, [1])
    assert tries == 3


@pytest.mark.usefixtures("_in_a_hurry")
@pytest.mark.parametrize("error", [Transient("not now"), ValueError("a bug")])
async def test_after_the_last_try_a_failing_message_is_a_dead_letter(
    bus: Bus, pool: Pool, error: Exception
) -> None:
    tries = 0

    async def fail(event: ParseProgressedV1, uow: UnitOfWork) -> None:
        nonlocal tries
        if event.sequence == 2:
            return await note_progress(event, uow)
        tries += 1
        raise error

    await bus.publish([progressed(1)])
    async with consuming(bus, PROGRESSED, handler(fail), pool):
        dead = await dead_letter(bus)
        await bus.publish([progressed(2)])
        await effects_become(pool, [2])
    assert tries == retry.MAX_TRIES
    assert dead.reason.startswith(f"failed {retry.MAX_TRIES} times")
    assert type(error).__name__ in dead.reason
    assert "a bug" not in dead.reason


async def test_a_permanent_failure_is_a_dead_letter_at_once(bus: Bus, pool: Pool) -> None:
    async def refuse(event: ParseProgressedV1, uow: UnitOfWork) -> None:
        await note_progress(event, uow)
        raise Permanent("there is no such thing")

    envelope = progressed(1)
    await bus.publish([envelope])
    async with consuming(bus, PROGRESSED, handler(refuse), pool):
        dead = await dead_letter(bus)
    assert dead.envelope == envelope
    assert dead.tries == 0
    assert "there is no such thing" in dead.reason
    assert await effects(pool) == []


@pytest.mark.parametrize(
    "change",
    [{"type": "hotgigs.parser.parse_progressed.v99"}, {"data": b'{"resume_id":"no id"}'}, {"data": b"\xff{"}],
    ids=["unknown version", "wrong field", "no JSON"],
)
async def test_what_cannot_be_understood_is_a_dead_letter_at_once_and_stops_no_other(
    bus: Bus, pool: Pool, change: dict[str, object]
) -> None:
    strange = msgspec.structs.replace(progressed(1), **change)
    await bus.publish([progressed(0), strange, progressed(2)])
    async with consuming(bus, PROGRESSED, handler(), pool):
        assert (await dead_letter(bus)).envelope == strange
        await effects_become(pool, [0, 2])


@pytest.mark.usefixtures("_in_a_hurry")
async def test_one_failing_message_of_a_batch_fails_alone(bus: Bus, pool: Pool) -> None:
    async def fail_on_five(events: Sequence[ParseProgressedV1], uow: UnitOfWork) -> None:
        for event in events:
            await note_progress(event, uow)
            if event.sequence == 5:
                raise Permanent("not this one")

    await bus.publish([progressed(n) for n in range(10)])
    batches = BatchHandler(message=ParseProgressedV1, handle_all=fail_on_five)
    async with consuming(bus, PROGRESSED, batches, pool):
        await effects_become(pool, [0, 1, 2, 3, 4, 6, 7, 8, 9])
        assert (await dead_letter(bus)).envelope.correlationid == "correlation-5"


async def test_a_batch_handler_is_given_only_what_had_no_effect_yet(bus: Bus, pool: Pool) -> None:
    sizes: list[int] = []

    async def note_all(events: Sequence[ParseProgressedV1], uow: UnitOfWork) -> None:
        sizes.append(len(events))
        for event in events:
            await note_progress(event, uow)

    batches = BatchHandler(message=ParseProgressedV1, handle_all=note_all)
    envelope = progressed(1)
    async with consuming(bus, PROGRESSED, batches, pool):
        await bus.publish([envelope])
        await effects_become(pool, [1])
        await bus.publish([envelope])
        await bus.publish([progressed(2)])
        await effects_become(pool, [1, 2])
    assert 0 not in sizes
    assert sum(sizes) == 2


async def test_a_dependency_that_is_down_pauses_and_uses_up_no_try(
    bus: Bus, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hotgigs.chassis.consumer.PAUSE_S", 0.01)
    attempts = 0
    tries_seen: set[int] = set()

    async def work(_: ParseProgressedV1, __: object, tries: int) -> None:
        nonlocal attempts
        attempts += 1
        tries_seen.add(tries)
        if attempts <= 2 * retry.MAX_TRIES:
            raise DependencyDown("the store is away")

    async def record(event: ParseProgressedV1, _: None, uow: UnitOfWork) -> None:
        await note_progress(event, uow)

    await bus.publish([progressed(1)])
    async with consuming(bus, PROGRESSED, WorkHandler(message=ParseProgressedV1, work=work, record=record), pool):
        await effects_become(pool, [1])
    assert attempts == 2 * retry.MAX_TRIES + 1
    assert tries_seen == {0}


@pytest.mark.usefixtures("_in_a_hurry")
@pytest.mark.parametrize("error", [TimeoutError(), FileNotFoundError("x"), ConnectionResetError()])
async def test_an_error_like_that_of_a_lost_database_counts_as_a_try_while_the_database_answers(
    bus: Bus, pool: Pool, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hotgigs.chassis.consumer.PAUSE_S", 0.01)

    async def fail(_: ParseProgressedV1, __: UnitOfWork) -> None:
        raise error

    await bus.publish([progressed(1)])
    async with consuming(bus, PROGRESSED, handler(fail), pool):
        assert (await dead_letter(bus)).tries == retry.MAX_TRIES - 1


@pytest.mark.usefixtures("_in_a_hurry")
async def test_a_database_connection_that_is_cut_in_the_middle_loses_and_doubles_nothing(
    bus: Bus, pool: Pool
) -> None:
    is_cut = False

    async def cut_once(event: ParseProgressedV1, uow: UnitOfWork) -> None:
        nonlocal is_cut
        await note_progress(event, uow)
        if not is_cut:
            is_cut = True
            async with pool.acquire() as other:
                own = await uow.connection.fetchval("SELECT pg_backend_pid()")
                await other.execute("RESET ROLE")
                await other.execute("SELECT pg_terminate_backend($1)", own)

    await bus.publish([progressed(1)])
    async with consuming(bus, PROGRESSED, handler(cut_once), pool):
        await effects_become(pool, [1])
    assert is_cut


async def test_a_handlers_writes_and_messages_commit_together(bus: Bus, pool: Pool) -> None:
    async def publish(event: ParseProgressedV1, uow: UnitOfWork) -> None:
        await note_progress(event, uow)
        uow.publish(parse_failure())

    envelope = progressed(1)
    await bus.publish([envelope])
    async with consuming(bus, PROGRESSED, handler(publish), pool):
        await effects_become(pool, [1])
    async with pool.acquire() as connection:
        assert await connection.fetchval("SELECT count(*) FROM outbox") == 1


async def test_a_handlers_writes_and_messages_roll_back_together(bus: Bus, pool: Pool) -> None:
    async def publish_and_fail(event: ParseProgressedV1, uow: UnitOfWork) -> None:
        uow.publish(parse_failure())
        await note_progress(event, uow)
        await uow.flush()
        raise Permanent("after all")

    await bus.publish([progressed(1)])
    async with consuming(bus, PROGRESSED, handler(publish_and_fail), pool):
        await dead_letter(bus)
    async with pool.acquire() as connection:
        for table in ("outbox", "effects", "inbox"):
            assert await connection.fetchval(f"SELECT count(*) FROM {table}") == 0


async def test_work_is_done_outside_a_transaction_and_recorded_once(bus: Bus, pool: Pool) -> None:
    worked: list[int] = []

    async def work(event: ParseProgressedV1, resources: object, tries: int) -> str:
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

    async def work(_: ParseProgressedV1, __: object, ___: int) -> None:
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

    async def work(_: ParseProgressedV1, __: object, ___: int) -> None:
        await three_at_work.wait()

    async def record(event: ParseProgressedV1, _: None, uow: UnitOfWork) -> None:
        await note_progress(event, uow)

    working = WorkHandler(message=ParseProgressedV1, work=work, record=record, concurrency=lambda size: size)
    await bus.publish([progressed(n) for n in range(3)])
    async with consuming(bus, PROGRESSED, working, pool, resources=3):
        await effects_become(pool, [0, 1, 2])


async def test_draining_finishes_what_is_in_hand_and_gives_back_the_rest(bus: Bus, pool: Pool) -> None:
    at_work, go_on = asyncio.Event(), asyncio.Event()

    async def work(_: ParseProgressedV1, __: object, ___: int) -> None:
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


async def test_a_message_that_a_handler_sends_carries_the_correlation_and_its_cause(
    bus: Bus, pool: Pool
) -> None:
    async def publish(event: ParseProgressedV1, uow: UnitOfWork) -> None:
        uow.publish(parse_failure(str(event.sequence)))
        await note_progress(event, uow)

    traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    causes = [progressed(n, traceparent=traceparent) for n in range(3)]
    await bus.publish(causes)
    async with consuming(bus, PROGRESSED, handler(publish), pool):
        await effects_become(pool, [0, 1, 2])
    async with pool.acquire() as connection:
        rows = await connection.fetch("SELECT envelope FROM outbox ORDER BY id")
    from hotgigs.contracts.envelope import Envelope

    sent = [msgspec.msgpack.decode(row["envelope"], type=Envelope) for row in rows]
    assert {(e.correlationid, e.causationid, e.traceparent, e.source) for e in sent} == {
        (c.correlationid, str(c.id), traceparent, "/hotgigs/sample") for c in causes
    }
