"""Role: the peer's sender of Celery tasks of the same size. ``celery_publisher.py``"""

import asyncio
import sys
import time
from pathlib import Path

from effects import MESSAGE_BYTES
from lines import answer, commands

sys.path.append(str(Path(__file__).resolve().parent.parent / "peers"))

from celery_effect import effect


async def main() -> None:
    padding = "x" * MESSAGE_BYTES
    async for command in commands():
        began = time.monotonic()
        for number in range(command["first"], command["first"] + command["count"]):
            effect.delay(number, padding)
        answer({"began": began})


if __name__ == "__main__":
    asyncio.run(main())
