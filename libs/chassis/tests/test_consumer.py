"""What becomes of a message, on either bus."""

import asyncio
from collections.abc import Sequence

import asyncpg
import msgspec
import pytest
from bus_conformance import taken
from bus_sources import BusSource
from consuming import consuming, effects, effects_become, note_progress
from sample_service.messages import PROGRESSED, parse_failure, progressed
from support.eventually import eventually
from support.postgres import cut_connections

from hotgigs.chassis import database, inbox, retry
from hotgigs.chassis.bus.interface import Bus, DeadLetter
from hotgigs.chassis.database import Pool
from hotgigs.chassis.errors import Permanent, Transient
from hotgigs.chassis.handlers import BatchHandler, Handler
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.envelope import Envelope
from hotgigs.contracts.parser.parse_progressed import ParseProgressedV1

pytestmark = pytest.mark.usefixtures("declared")


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


@pytest.mark.parametrize("batch_size", [1, 50], ids=["alone", "in a batch"])
async def test_what_is_done_leaves_the_queue(bus: Bus, pool: Pool, batch_size: int) -> None:
    await bus.publish([progressed(n) for n in range(5)])
    async with consuming(bus, PROGRESSED, handler(batch_size=batch_size), pool) as consumer:
        await effects_become(pool, list(range(5)))
        consumer.drain()
    last = progressed(99)
    await bus.publish([last])
    assert await taken(bus, PROGRESSED, 1) == [last]


@pytest.mark.usefixtures("in_a_hurry")
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


@pytest.mark.usefixtures("in_a_hurry")
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


async def test_a_message_whose_time_has_no_offset_is_put_aside_and_stops_no_other(
    bus: Bus, pool: Pool
) -> None:
    sound = progressed(0)
    async with consuming(bus, PROGRESSED, handler(), pool):
        await bus.publish(
            [sound, msgspec.structs.replace(progressed(1), time=sound.time.replace(tzinfo=None))]
        )

        async def is_put_aside() -> bool:
            return (await bus.depths([PROGRESSED]))[PROGRESSED.name].dead_letters == 1

        await eventually(is_put_aside)
        await bus.publish([progressed(2)])
        await effects_become(pool, [0, 2])


@pytest.mark.usefixtures("in_a_hurry")
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


@pytest.mark.usefixtures("in_a_hurry")
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


async def test_a_database_connection_that_is_cut_in_the_middle_loses_and_doubles_nothing_and_uses_up_no_try(
    bus: Bus, pool: Pool, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retry, "BASE_S", 900.0)  # a next try would not come within the test
    is_cut = False

    async def cut_once(event: ParseProgressedV1, uow: UnitOfWork) -> None:
        nonlocal is_cut
        await note_progress(event, uow)
        if not is_cut:
            pid = await uow.connection.fetchval("SELECT pg_backend_pid()")
            is_cut = await cut_connections(database_url, pid=pid) == 1

    await bus.publish([progressed(1)])
    async with consuming(bus, PROGRESSED, handler(cut_once), pool):
        await effects_become(pool, [1])
    assert is_cut


async def test_a_message_that_kills_its_process_time_and_again_takes_no_other_along(
    source: BusSource, bus: Bus, pool: Pool
) -> None:
    poison = progressed(0)
    await bus.publish([poison, *(progressed(n) for n in range(1, 60))])

    async def is_over() -> bool:
        return len(await effects(pool)) == 59

    over = asyncio.create_task(eventually(is_over, within_s=60))
    while not over.done():
        dying = asyncio.Event()

        async def die(event: ParseProgressedV1, uow: UnitOfWork, dying: asyncio.Event = dying) -> None:
            if event.sequence == 0:
                dying.set()
                await asyncio.Event().wait()
            await note_progress(event, uow)

        doomed = await source.open_doomed()
        async with consuming(doomed, PROGRESSED, Handler(message=ParseProgressedV1, handle=die), pool):
            killing = asyncio.create_task(dying.wait())
            await asyncio.wait({killing, over}, return_when=asyncio.FIRST_COMPLETED)
            killing.cancel()
            await source.lose(doomed)
    await over
    assert [dead.envelope for dead in await bus.dead_letters(PROGRESSED, limit=100)] == [poison]
    assert sorted(await effects(pool)) == list(range(1, 60))


async def test_who_waits_too_long_for_a_lock_waits_on_without_a_connection_and_uses_up_no_try(
    bus: Bus, pool: Pool, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retry, "BASE_S", 900.0)  # a next try would not come within the test
    monkeypatch.setattr("hotgigs.chassis.consumer.PAUSE_S", 0.05)
    monkeypatch.setattr(database, "LOCK_TIMEOUT_S", 0.05)
    impatient = await database.open_pool(database_url, schema="sample", max_size=2)
    times_away = 0

    async def count(event: ParseProgressedV1, uow: UnitOfWork) -> None:
        nonlocal times_away
        try:
            await note_progress(event, uow)
        except asyncpg.LockNotAvailableError:
            times_away += 1
            raise

    async def has_waited() -> bool:
        return times_away > 2 * retry.MAX_TRIES

    await bus.publish([progressed(1)])
    async with pool.acquire() as other, consuming(bus, PROGRESSED, handler(count), impatient):
        async with other.transaction():
            await other.execute("LOCK TABLE effects IN SHARE ROW EXCLUSIVE MODE")
            await eventually(has_waited)
        await effects_become(pool, [1])
    impatient.terminate()


async def test_a_process_that_hangs_in_a_transaction_holds_up_no_other_and_has_no_effect(
    bus: Bus, pool: Pool, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "IDLE_IN_TRANSACTION_S", 0.5)
    hanging = await database.connect(database_url, schema="sample", purpose="test")
    envelope = progressed(1)
    await hanging.execute("BEGIN")
    await inbox.claim(hanging, PROGRESSED.name, [envelope.id])
    await hanging.execute("INSERT INTO effects (sequence) VALUES (1)")
    await bus.publish([envelope])
    async with consuming(bus, PROGRESSED, handler(), pool):
        await effects_become(pool, [1])
    with pytest.raises(database.CONNECTION_LOST):
        await hanging.execute("COMMIT")
    assert await effects(pool) == [1]


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
    sent = [msgspec.msgpack.decode(row["envelope"], type=Envelope) for row in rows]
    assert {(e.correlationid, e.causationid, e.traceparent, e.source) for e in sent} == {
        (c.correlationid, str(c.id), traceparent, "/hotgigs/sample") for c in causes
    }
