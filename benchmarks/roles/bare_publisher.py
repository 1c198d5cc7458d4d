"""Role: the peer's publisher, aio-pika and nothing else. ``bare_publisher.py URL QUEUE``

Persistent messages of the same size, with confirms, `OUTSTANDING` of them unconfirmed at a time.
"""

import sys
import time

import aio_pika
import uvloop
from effects import MESSAGE_BYTES
from lines import answer, commands
from pace import at_once

OUTSTANDING = 32


async def main() -> None:
    url, queue_name = sys.argv[1:]
    connection = await aio_pika.connect(url)
    channel = await connection.channel(publisher_confirms=True)
    exchange = channel.default_exchange
    moments: dict[int, float] = {}

    async def publish(number: int) -> None:
        moments[number] = time.monotonic()
        body = number.to_bytes(8, "big").ljust(MESSAGE_BYTES, b"x")
        message = aio_pika.Message(body, delivery_mode=aio_pika.DeliveryMode.PERSISTENT)
        await exchange.publish(message, queue_name)

    async for command in commands():
        moments.clear()
        began = time.monotonic()
        await at_once(OUTSTANDING, range(command["first"], command["first"] + command["count"]), publish)
        answer({"began": began, "moments": list(moments.items())})


if __name__ == "__main__":
    uvloop.run(main())
