"""The clock that requests wait by."""

import asyncio
import time


class Clock:
    def now(self) -> float:
        """In seconds, from any point on, and never back."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
