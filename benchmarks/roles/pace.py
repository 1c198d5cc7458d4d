"""How work is handed out: so many at once, or so many a second."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable


async def at_once(outstanding: int, numbers: Iterable[int], work: Callable[[int], Awaitable[None]]) -> None:
    """Works on all numbers, ``outstanding`` of them at any time."""
    waiting = iter(numbers)

    async def lane() -> None:
        for number in waiting:
            await work(number)

    async with asyncio.TaskGroup() as lanes:
        for _ in range(outstanding):
            lanes.create_task(lane())


async def every(per_second: float, numbers: Iterable[int], work: Callable[[int], Awaitable[None]]) -> None:
    """Begins work on one number after the other at an even pace, whether or not the last one is done."""
    began = time.monotonic()
    async with asyncio.TaskGroup() as group:
        for place, number in enumerate(numbers):
            await asyncio.sleep(max(began + place / per_second - time.monotonic(), 0))
            group.create_task(work(number))
