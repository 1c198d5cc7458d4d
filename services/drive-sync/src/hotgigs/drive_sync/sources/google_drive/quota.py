"""How often Google is asked for one user, over all of that user's folders in this process."""

from hotgigs.drive_sync.sources.google_drive.clock import Clock
from hotgigs.drive_sync.sources.google_drive.patience import LeftAlone

LONGEST_LEFT_ALONE_SECONDS = 3600.0
"""However long Google asks for: a header gone wrong does not end a user's syncs for ever."""


class Quota:
    """Requests at an even pace, and a gate that is shut while Google asks to be left alone."""

    def __init__(self, per_second: float, clock: Clock) -> None:
        self._interval = 1.0 / per_second
        self._clock = clock
        self._next_slot = clock.now()
        self._shut_until = clock.now()

    async def turn(self, until: float) -> None:
        """Waits for the next request's turn. Raises LeftAlone where the gate is shut for longer than
        ``until``."""
        await self._open_gate(until)
        now = self._clock.now()
        slot = max(self._next_slot, now)
        self._next_slot = slot + self._interval
        if slot > now:
            await self._clock.sleep(slot - now)
            await self._open_gate(until)

    def leave_alone(self, seconds: float) -> None:
        wait = min(seconds, LONGEST_LEFT_ALONE_SECONDS)
        self._shut_until = max(self._shut_until, self._clock.now() + wait)

    def is_idle(self) -> bool:
        """A new one would do the same."""
        now = self._clock.now()
        return self._shut_until <= now and self._next_slot <= now

    async def _open_gate(self, until: float) -> None:
        while (now := self._clock.now()) < self._shut_until:
            if self._shut_until > until:
                raise LeftAlone
            await self._clock.sleep(self._shut_until - now)


class Quotas:
    """By user; those that say nothing any more are dropped."""

    def __init__(self, per_second: float, clock: Clock) -> None:
        self._per_second = per_second
        self._clock = clock
        self._of: dict[str, Quota] = {}
        self._users: dict[str, int] = {}

    def take(self, owner: str) -> Quota:
        """To be given back."""
        for idle in [o for o, quota in self._of.items() if o not in self._users and quota.is_idle()]:
            del self._of[idle]
        self._users[owner] = self._users.get(owner, 0) + 1
        return self._of.setdefault(owner, Quota(self._per_second, self._clock))

    def give_back(self, owner: str) -> None:
        self._users[owner] -= 1
        if not self._users[owner]:
            del self._users[owner]
