"""Counts requests in windows that all gateways share, and by itself where the store does not answer."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Protocol

import asyncpg
import structlog

from hotgigs.chassis import database
from hotgigs.chassis.database import Pool
from hotgigs.gateway.rate_limits import store
from hotgigs.gateway.rate_limits.limits import Limit
from hotgigs.gateway.rate_limits.window import Charge, Grant, Window

log = structlog.get_logger(__name__)

STORE_PAUSE_S = 1.0
"""For how long a store that failed is not asked again."""
TOLD_EVERY_S = 60.0
KNOWN_WINDOWS = 20_000
"""What is taken of a window that had to be forgotten is lost to its key; nobody gets more."""

STORE_FAILED = (*database.CONNECTION_LOST, asyncpg.PostgresError)


class Take(Protocol):
    """Raises one of `STORE_FAILED`."""

    def __call__(self, *, key: str, wanted: int, limit: int) -> Awaitable[Grant]: ...


class _Known:
    """A key's window, and who waits for the store's word on it."""

    __slots__ = ("lock", "waiting", "window")

    def __init__(self, limit: Limit) -> None:
        self.window = Window(limit)
        self.lock = asyncio.Lock()
        self.waiting = 0


class Limiter:
    """``now`` gives monotonic seconds, ``epoch`` those since 1970. No request waits for the store for longer
    than ``store_wait_s``."""

    def __init__(
        self,
        take: Take,
        *,
        now: Callable[[], float] = time.monotonic,
        epoch: Callable[[], float] = time.time,
        store_wait_s: float = 0.25,
    ) -> None:
        self._take = take
        self._now = now
        self._epoch = epoch
        self._store_wait_s = store_wait_s
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._store_is_left_until = 0.0
        self._silent_until = 0.0

    async def charge(self, key: str, limit: Limit) -> Charge:
        """Counts one request, whatever becomes of the store."""
        asked_at = self._now()
        known = self._known_of(key, limit)
        charge = known.window.take(asked_at)
        if charge is not None:
            return charge
        known.waiting += 1
        try:
            async with known.lock:
                return known.window.take(self._now()) or await self._ask(key, known, asked_at)
        finally:
            known.waiting -= 1

    async def _ask(self, key: str, known: _Known, since: float) -> Charge:
        """One statement for all who wait, who have waited no longer than ``since``."""
        window = known.window
        asked_at = self._now()
        wait_s = since + self._store_wait_s - asked_at
        if asked_at < self._store_is_left_until:
            window.lease_all_here(asked_at, self._epoch())
        else:
            wanted = max(window.limit.block, known.waiting)
            try:
                grant = await _in_time(
                    self._take(key=key, wanted=wanted, limit=window.limit.requests), wait_s
                )
            except STORE_FAILED as err:
                self._leave_store(type(err).__name__)
                window.lease_all_here(asked_at, self._epoch())
            else:
                window.lease(grant, asked_at)
        # By when it was asked: it was counted in a window of then, which may be over by now.
        charge = window.take(asked_at)
        assert charge is not None
        return charge

    def _leave_store(self, error: str) -> None:
        now = self._now()
        self._store_is_left_until = now + STORE_PAUSE_S
        if now >= self._silent_until:
            self._silent_until = now + TOLD_EVERY_S
            log.warning("rate_limits_counted_here", error=error)

    def _known_of(self, key: str, limit: Limit) -> _Known:
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = _Known(limit)
            if len(self._known) > KNOWN_WINDOWS:
                self._known.popitem(last=False)
        return known


def shared_in(pool: Pool) -> Take:
    """Windows in the gateway's database."""

    async def take(*, key: str, wanted: int, limit: int) -> Grant:
        async with pool.acquire() as connection:
            return await store.take(connection, key=key, wanted=wanted, limit=limit)

    return take


async def _in_time(asked: Awaitable[Grant], wait_s: float) -> Grant:
    """Raises TimeoutError. What does not answer is cancelled and not waited for: to give a connection back
    that hangs takes long."""
    asking = asyncio.ensure_future(asked)
    asking.add_done_callback(_heard)
    try:
        await asyncio.wait({asking}, timeout=wait_s)
        if not asking.done():
            raise TimeoutError
        return asking.result()
    finally:
        asking.cancel()


def _heard(asking: asyncio.Future[Grant]) -> None:
    """What fails when nobody waits for it any more is no news."""
    if not asking.cancelled():
        asking.exception()
