"""Role: the peer's consumer, aio-pika and nothing else. ``bare_consumer.py URL QUEUE``

A quorum queue, 100 messages ahead, an acknowledgement each; the moment of receipt counts.
"""

import asyncio
import sys
import time

import aio_pika
import uvloop
from aio_pika.abc import AbstractIncomingMessage
from lines import answer, commands

PREFETCH = 100


async def main() -> None:
    url, queue_name = sys.argv[1:]
    connection = await aio_pika.connect(url)
    channel = await connection.channel()
    await channel.set_qos(prefetch_count=PREFETCH)
    queue = await channel.declare_queue(queue_name, durable=True, arguments={"x-queue-type": "quorum"})
    moments: dict[int, float] = {}
    news = asyncio.Event()

    async def receive(message: AbstractIncomingMessage) -> None:
        await message.ack()
        moments[int.from_bytes(message.body[:8], "big")] = time.monotonic()
        news.set()

    await queue.consume(receive)
    async for command in commands():
        while len(moments) < command["count"]:
            news.clear()
            await news.wait()
        answer({"moments": list(moments.items())})
        moments.clear()


if __name__ == "__main__":
    uvloop.run(main())
