"""How long one request is waited for, in all."""

import random

from hotgigs.drive_sync.sources.errors import SourceAway
from hotgigs.drive_sync.sources.google_drive.backoff import Backoff
from hotgigs.drive_sync.sources.google_drive.clock import Clock


class Unanswered(SourceAway):
    """Google Drive has not answered for a long time. The next run goes on from here."""

    def __init__(self) -> None:
        super().__init__(type(self).__doc__)


class LeftAlone(SourceAway):
    """Google Drive asks to be asked less, and has for a long time. The next run goes on from here."""

    def __init__(self) -> None:
        super().__init__(type(self).__doc__)


class Patience:
    """Of one request, from its first try on."""

    def __init__(self, clock: Clock, backoff: Backoff, most_seconds: float) -> None:
        self._clock = clock
        self._backoff = backoff
        self._failures = 0
        self.until = clock.now() + most_seconds
        """As of the clock."""

    def next_wait(self, asked_seconds: float | None) -> float:
        """After a failure: what Google asked for, or else the backoff, in seconds."""
        self._failures += 1
        jitter = random.random()  # noqa: S311 - it spreads load and guards nothing
        if asked_seconds:
            return asked_seconds + jitter * self._backoff.first_seconds
        return self._backoff.seconds(self._failures, jitter)

    async def wait(self, asked_seconds: float | None) -> None:
        """After a failure. Raises Unanswered where that would be too long."""
        seconds = self.next_wait(asked_seconds)
        if self._clock.now() + seconds > self.until:
            raise Unanswered
        await self._clock.sleep(seconds)
