"""Role: a service that consumes events. ``consumer.py one|batch``

``expect`` is answered when all its events have had their effect, with the moments (monotonic clock) at
which each effect was committed.
"""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvloop
from effects import HANDLERS, SCHEMA
from lines import answer, commands

from hotgigs.chassis import database, logs, runner
from hotgigs.chassis.consumer import Consumer
from hotgigs.chassis.handlers import AnyHandler, BatchHandler, Handler, queue_of
from hotgigs.chassis.outbox import Relay
from hotgigs.chassis.settings import Settings
from hotgigs.chassis.unit_of_work import UnitOfWork, UnitsOfWork
from hotgigs.contracts.parser.parse_progressed import ParseProgressedV1


class Watched(UnitsOfWork):
    """Notes when the effects of a unit of work were committed."""

    def __init__(self, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)  # type: ignore[arg-type]
        self.moments: dict[int, float] = {}
        self.news = asyncio.Event()
        self._in_hand: dict[int, list[int]] = {}

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitOfWork]:
        async with super().begin() as uow:
            yield uow
        for number in self._in_hand.pop(id(uow), ()):
            self.moments[number] = time.monotonic()
        self.news.set()

    def watched(self, handler: AnyHandler) -> AnyHandler:
        if isinstance(handler, BatchHandler):

            async def handle_all(messages: list[ParseProgressedV1], uow: UnitOfWork) -> None:
                self._in_hand.setdefault(id(uow), []).extend(message.sequence for message in messages)
                await handler.handle_all(messages, uow)

            return BatchHandler(message=handler.message, handle_all=handle_all)  # type: ignore[arg-type]
        assert isinstance(handler, Handler)

        async def handle(message: ParseProgressedV1, uow: UnitOfWork) -> None:
            self._in_hand.setdefault(id(uow), []).append(message.sequence)
            await handler.handle(message, uow)

        return Handler(message=handler.message, handle=handle)

    async def until(self, numbers: range) -> list[tuple[int, float]]:
        while len(self.moments) < len(numbers):
            self.news.clear()
            await self.news.wait()
        return [(number, self.moments.pop(number)) for number in numbers]


async def main() -> None:
    settings = Settings()
    logs.configure(settings)
    url = await runner.database_url(settings)
    bus = await runner.open_bus(settings, url, client_name="bench consumer")
    pool = await database.open_pool(url, schema=SCHEMA, max_size=settings.database_pool_size)
    units_of_work = Watched(pool, Relay(pool, bus, service=SCHEMA), source=SCHEMA)
    handler = units_of_work.watched(HANDLERS[sys.argv[1]])
    queue = queue_of(SCHEMA, handler)
    await bus.declare([queue])
    consumer = Consumer(bus, queue, handler, units_of_work, None)
    consuming = asyncio.create_task(consumer.run())
    async for command in commands():
        numbers = range(command["first"], command["first"] + command["count"])
        answer({"moments": await units_of_work.until(numbers)})
    consuming.cancel()


if __name__ == "__main__":
    uvloop.run(main())
