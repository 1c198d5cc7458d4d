"""What one gateway knows of a key's window, without any clock or I/O of its own."""

import math

from msgspec import Struct

from hotgigs.gateway.rate_limits.limits import WINDOW_S, Limit


class Grant(Struct, frozen=True, kw_only=True):
    """The store's answer to a wish for some requests of a key's window."""

    granted: int
    remaining: int
    """What nobody has taken yet."""
    ends_in_s: float
    """Above 0."""
    resets_at: float
    """Epoch seconds."""


class Charge(Struct, frozen=True, kw_only=True):
    """What became of one request. ``retry_after_s`` is None where it is let through."""

    limit: int
    remaining: int
    resets_at: int
    """Epoch seconds."""
    retry_after_s: int | None = None


class Window:
    """Times are this process's monotonic seconds where they are not said to be others.

    What is leased is used within the window of the store that it was taken from: ``ends_at`` is counted
    from before the store was asked, and so is never late.
    """

    __slots__ = ("ends_at", "leased", "limit", "remaining", "resets_at")

    def __init__(self, limit: Limit) -> None:
        self.limit = limit
        self.ends_at = -math.inf
        self.resets_at = 0.0
        self.remaining = 0
        self.leased = 0

    def take(self, now: float) -> Charge | None:
        """One request of what is leased, or a refusal where nothing is to be had in this window; None where
        the store must be asked."""
        if now >= self.ends_at:
            return None
        if self.leased > 0:
            self.leased -= 1
            return self._charge()
        if self.remaining > 0:
            return None
        return self._charge(retry_after_s=min(max(1, math.ceil(self.ends_at - now)), WINDOW_S))

    def lease(self, grant: Grant, asked_at: float) -> None:
        self.ends_at = asked_at + grant.ends_in_s
        self.resets_at = grant.resets_at
        self.remaining = grant.remaining
        self.leased = grant.granted

    def lease_all_here(self, now: float, epoch_s: float) -> None:
        """Where the store does not answer: what is left of the window as it is known here, or a whole one
        of this process's own. It stands until it ends, whenever the store is back."""
        if now >= self.ends_at:
            self.ends_at = now + WINDOW_S
            self.resets_at = epoch_s + WINDOW_S
            self.remaining, self.leased = self.limit.requests, 0
        self.leased += self.remaining
        self.remaining = 0

    def _charge(self, retry_after_s: int | None = None) -> Charge:
        return Charge(
            limit=self.limit.requests,
            remaining=self.remaining + self.leased,
            resets_at=math.ceil(self.resets_at),
            retry_after_s=retry_after_s,
        )
