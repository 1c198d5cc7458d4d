"""A service's consumer and relay on a test's bus and database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from support.eventually import eventually

from hotgigs.chassis.bus.interface import Bus, Queue
from hotgigs.chassis.consumer import Consumer
from hotgigs.chassis.database import Pool
from hotgigs.chassis.handlers import AnyHandler
from hotgigs.chassis.outbox import Relay
from hotgigs.chassis.tracing import UNTRACED, Tracer
from hotgigs.chassis.unit_of_work import UnitOfWork, UnitsOfWork
from hotgigs.contracts.parser.parse_progressed import ParseProgressedV1


def units_of_work(pool: Pool, bus: Bus, tracer: Tracer = UNTRACED) -> UnitsOfWork:
    return UnitsOfWork(pool, Relay(pool, bus, service="sample"), source="sample", tracer=tracer)


@asynccontextmanager
async def consuming(
    bus: Bus,
    queue: Queue,
    handler: AnyHandler,
    pool: Pool,
    *,
    resources: object = None,
    tracer: Tracer = UNTRACED,
) -> AsyncIterator[Consumer]:
    """A consumer at work; what it has in hand at the end is given back, or settled where
    the block called its `drain`."""
    consumer = Consumer(bus, queue, handler, units_of_work(pool, bus, tracer), resources)
    running = asyncio.create_task(consumer.run())
    try:
        yield consumer
        if consumer._draining.is_set():
            await asyncio.wait({running}, timeout=20)
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def note_progress(event: ParseProgressedV1, uow: UnitOfWork) -> None:
    """The sample service's effect."""
    await uow.connection.execute("INSERT INTO effects (sequence) VALUES ($1)", event.sequence)


async def effects(pool: Pool) -> list[int]:
    async with pool.acquire() as connection:
        return [r["sequence"] for r in await connection.fetch("SELECT sequence FROM effects ORDER BY id")]


async def effects_become(pool: Pool, expected: list[int], *, within_s: float = 20.0) -> None:
    """Waits until the effects are ``expected``, in any order, none doubled."""

    async def are_there() -> bool:
        return len(await effects(pool)) >= len(expected)

    with suppress(TimeoutError):  # the comparison says more
        await eventually(are_there, within_s=within_s)
    assert sorted(await effects(pool)) == sorted(expected)
