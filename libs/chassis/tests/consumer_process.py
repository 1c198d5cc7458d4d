"""A consumer in a process of its own: prints the id of each message it is given.

    python consumer_process.py QUEUE_NAME ROUTING_KEY hold|ack

"hold" keeps them in hand, "ack" is done with them. The bus is that of the HOTGIGS_* variables.
"""

import asyncio
import sys

from hotgigs.chassis import runner
from hotgigs.chassis.bus.interface import Queue
from hotgigs.chassis.settings import Settings


async def main(name: str, routing_key: str, what: str) -> None:
    settings = Settings()
    bus = await runner.open_bus(settings, settings.database_url or "", client_name="consumer process")
    queue = Queue(name=name, routing_key=routing_key, kind="event")
    async with bus.subscribe(queue, prefetch=5) as subscription:
        print("ready", flush=True)
        while True:
            deliveries = await subscription.receive(1)
            if what == "ack":
                await subscription.ack(deliveries)
            for delivery in deliveries:
                print(delivery.envelope.id, flush=True)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
