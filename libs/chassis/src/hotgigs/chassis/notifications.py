"""Waking those who wait for a change, in any process, by PostgreSQL's LISTEN and NOTIFY.

A wake-up is a hint: it may come for nothing, and it may fail to come. Whoever waits looks at the data
on every wake-up and at least every `SWEEP_S` seconds.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import structlog

from hotgigs.chassis import database

log = structlog.get_logger(__name__)

SWEEP_S = 1.0
RECONNECT_S = 0.5
PROBE_EVERY_S = 15.0
PROBE_TIMEOUT_S = 5.0


class Wakeup:
    """What one waiter waits on."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def wake(self) -> None:
        self._event.set()

    async def wait(self, timeout_s: float = SWEEP_S) -> bool:
        """Waits for the next wake-up, or takes one since the last `wait`; False after ``timeout_s``."""
        try:
            async with asyncio.timeout(timeout_s):
                await self._event.wait()
        except TimeoutError:
            return False
        else:
            return True
        finally:
            self._event.clear()


class Notifications:
    """One LISTEN connection, shared by all waiters of this process; keys are NOTIFY payloads."""

    def __init__(self, url: str, *, schema: str, channel: str) -> None:
        self._url = url
        self._schema = schema
        self._channel = channel
        self._waiting: dict[str, set[Wakeup]] = defaultdict(set)

    @contextmanager
    def watch(self, key: str) -> Iterator[Wakeup]:
        """Watch first and look at the data afterwards, so that no change falls in between."""
        wakeup = Wakeup()
        self._waiting[key].add(wakeup)
        try:
            yield wakeup
        finally:
            self._waiting[key].discard(wakeup)
            if not self._waiting[key]:
                del self._waiting[key]

    def wake(self, key: str) -> None:
        """Wakes this process's waiters without a round trip."""
        for wakeup in self._waiting.get(key, ()):
            wakeup.wake()

    def wake_all(self) -> None:
        for key in list(self._waiting):
            self.wake(key)

    async def run(self) -> None:
        """Listens until cancelled; after a loss it connects again and wakes everyone."""
        while True:
            try:
                await self._listen()
            except database.CONNECTION_LOST as err:
                log.warning("listen_lost", channel=self._channel, error=type(err).__name__)
            await asyncio.sleep(RECONNECT_S)

    async def _listen(self) -> None:
        connection = await database.connect(self._url, schema=self._schema, purpose="listen")
        lost = asyncio.Event()
        try:
            connection.add_termination_listener(lambda _: lost.set())
            await connection.add_listener(self._channel, self._notified)
            self.wake_all()
            while not lost.is_set():
                with suppress(TimeoutError):
                    async with asyncio.timeout(PROBE_EVERY_S):
                        await lost.wait()
                # Nothing comes over a connection that died without a word, not even its end.
                await connection.execute("SELECT 1", timeout=PROBE_TIMEOUT_S)
        finally:
            connection.terminate()

    def _notified(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        self.wake(str(payload))
