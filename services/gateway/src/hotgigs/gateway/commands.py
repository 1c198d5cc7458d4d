"""Commands with an outcome: published with confirms, answered when their effect can be read here."""

import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

from hotgigs.chassis import database
from hotgigs.chassis.bus.interface import Bus
from hotgigs.chassis.database import Connection, Pool
from hotgigs.chassis.notifications import SWEEP_S, Notifications
from hotgigs.chassis.tracing import UNTRACED, Tracer, enveloped
from hotgigs.contracts.message import Command


class Commands:
    def __init__(
        self,
        bus: Bus,
        pool: Pool,
        notifications: Notifications,
        *,
        wait_s: float,
        tracer: Tracer = UNTRACED,
    ) -> None:
        self._bus = bus
        self._pool = pool
        self._notifications = notifications
        self._wait_s = wait_s
        self._tracer = tracer

    async def ensure_available(self) -> None:
        """Raises BusUnavailable: to be asked before work that a command would have to crown."""
        await self._bus.ping()

    async def send(
        self, command: Command, *, watch: str, is_applied: Callable[[Connection], Awaitable[bool]]
    ) -> bool:
        """Publishes ``command`` and waits, within bounds, for this gateway's read model to have its
        effect; False where it does not yet, and the command is safe in its owner's queue.

        Raises PublishFailed where the command is not on the bus.
        """
        with self._notifications.watch(watch) as wakeup:
            envelope, sending = enveloped(command, source="gateway", tracer=self._tracer)
            with sending:
                await self._bus.publish([envelope])
            deadline = time.monotonic() + self._wait_s
            while (left := deadline - time.monotonic()) > 0:
                await wakeup.wait(min(left, SWEEP_S))
                # From here on the command stands, whatever becomes of this gateway's database.
                with suppress(*database.CONNECTION_LOST):
                    async with self._pool.acquire() as connection:
                        if await is_applied(connection):
                            return True
        return False
