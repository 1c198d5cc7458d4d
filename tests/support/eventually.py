"""Waiting for what must become true."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


async def eventually(look: Callable[[], Awaitable[T]], *, within_s: float = 20.0) -> T:
    """``look``'s first truthy answer. Raises TimeoutError after ``within_s``."""
    async with asyncio.timeout(within_s):
        while not (seen := await look()):  # noqa: ASYNC110 - what is looked at is in another process
            await asyncio.sleep(0.02)
        return seen
