"""Role: a service that writes events in transactions, and its relay. ``publisher.py``

``write`` commits one event a transaction while the relay runs; ``fill`` writes while it does not, and
``release`` starts it. Answers tell the moments (monotonic clock) of the commits.
"""

import asyncio
import time

import uvloop
from effects import SCHEMA, event
from lines import answer, commands
from pace import at_once, every

from hotgigs.chassis import database, logs, runner
from hotgigs.chassis.outbox import Relay
from hotgigs.chassis.settings import Settings
from hotgigs.chassis.unit_of_work import UnitsOfWork

OUTSTANDING = 32
_FILL_AT_ONCE = 500


async def main() -> None:
    settings = Settings()
    logs.configure(settings)
    url = await runner.database_url(settings)
    bus = await runner.open_bus(settings, url, client_name="bench publisher")
    pool = await database.open_pool(url, schema=SCHEMA, max_size=settings.database_pool_size)
    relay = Relay(pool, bus, service=SCHEMA)
    units_of_work = UnitsOfWork(pool, relay, source=SCHEMA)
    committed: dict[int, float] = {}

    async def write(number: int) -> None:
        async with units_of_work.begin() as uow:
            uow.publish(event(number))
        committed[number] = time.monotonic()

    relaying = asyncio.create_task(relay.run())
    async for command in commands():
        numbers = range(command["first"], command["first"] + command["count"])
        committed.clear()
        began = time.monotonic()
        if command["do"] == "write":
            if command["per_second"]:
                await every(command["per_second"], numbers, write)
            else:
                await at_once(OUTSTANDING, numbers, write)
        elif command["do"] == "fill":
            relaying.cancel()
            await asyncio.wait({relaying})
            for first in range(0, len(numbers), _FILL_AT_ONCE):
                async with units_of_work.begin() as uow:
                    for number in numbers[first : first + _FILL_AT_ONCE]:
                        uow.publish(event(number))
        else:
            relaying = asyncio.create_task(relay.run())
        answer({"began": began, "moments": list(committed.items())})


if __name__ == "__main__":
    uvloop.run(main())
