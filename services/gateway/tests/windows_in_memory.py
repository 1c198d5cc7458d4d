"""The windows that gateways share, without a database, and the clocks of a test."""

import asyncio

from hotgigs.gateway.rate_limits.limits import WINDOW_S
from hotgigs.gateway.rate_limits.window import Grant

EPOCH_S = 1_700_000_000.0


class Time:
    """Seconds since the test began; each machine has a clock of its own that started at another time."""

    def __init__(self) -> None:
        self.passed_s = 0.0

    def monotonic(self, machine: int = 0) -> float:
        return self.passed_s + 1000.0 * machine

    def epoch(self) -> float:
        return EPOCH_S + self.passed_s


class SharedWindows:
    """Behaves as `rate_limits.store.take` does on the database. ``granted`` is how much was given by key and
    begin of the window. Raises OSError while ``is_away``."""

    def __init__(self, time: Time) -> None:
        self._time = time
        self._windows: dict[str, tuple[float, int]] = {}
        self.granted: dict[tuple[str, float], int] = {}
        self.last_asked: tuple[str, float] | None = None
        """In which window the last request was counted."""
        self.times_asked = 0
        self.is_away = False
        self.delays_s = (0.0, 0.0)
        """Until what is asked arrives, and until the answer does."""

    async def take(self, *, key: str, wanted: int, limit: int) -> Grant:
        self.times_asked += 1
        if self.is_away:
            raise OSError
        there_s, back_s = self.delays_s
        await asyncio.sleep(0)
        self._time.passed_s += there_s
        now = self._time.epoch()
        started_at, used = self._windows.get(key, (now, 0))
        if started_at <= now - WINDOW_S:
            started_at, used = now, 0
        self._windows[key] = (started_at, used + wanted)
        granted = max(0, min(wanted, limit - used))
        of = self.last_asked = (key, started_at)
        self.granted[of] = self.granted.get(of, 0) + granted
        self._time.passed_s += back_s
        return Grant(
            granted=granted,
            remaining=max(0, limit - used - wanted),
            ends_in_s=started_at + WINDOW_S - now,
            resets_at=started_at + WINDOW_S,
        )

    def window_of(self, key: str) -> float:
        """When the key's window began that is under way, or would now begin."""
        now = self._time.epoch()
        started_at, _ = self._windows.get(key, (now, 0))
        return now if started_at <= now - WINDOW_S else started_at
