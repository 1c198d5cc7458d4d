"""The deliveries of one process: those that are due are claimed, tried and recorded.

What is claimed has a slot until its end is recorded, and no connection to the database while it is sent. A
process that is killed leaves leases, which run out: what it had in hand is tried again by another.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import structlog

from hotgigs.chassis.database import CONNECTION_LOST
from hotgigs.chassis.notifications import SWEEP_S, Notifications, Wakeup
from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.notifier import claiming, delivery_metrics
from hotgigs.notifier.attempt_recorder import PASSING, AttemptRecorder
from hotgigs.notifier.claiming import Claimed
from hotgigs.notifier.fair_shares import Turns, fair_shares
from hotgigs.notifier.in_hand import InHand
from hotgigs.notifier.settings import NotifierSettings
from hotgigs.notifier.trying import Messenger, Tries

log = structlog.get_logger(__name__)

LEASE_BEYOND_TRY_S = 15.0
"""Of a lease, for what comes before and after the try itself."""
GATHER_S = 0.005
"""Between two looks: what becomes due or free meanwhile is taken together."""
CONTENDED_S = 0.05
"""Until what another process had just then is looked at again."""
PAUSE_S = 1.0
"""While the database is away."""
LAST_RECORDS_S = 5.0


class Dispatcher:
    """``stopping`` is set when the process drains, and by the dispatcher where it cannot go on."""

    def __init__(
        self,
        units_of_work: UnitsOfWork,
        notifications: Notifications,
        settings: NotifierSettings,
        messenger: Messenger,
        *,
        stopping: asyncio.Event,
    ) -> None:
        self._units_of_work = units_of_work
        self._notifications = notifications
        self._settings = settings
        self._stopping = stopping
        self._is_closing = False
        self._drain_by: float | None = None
        self._wakeup = Wakeup()
        self._turns = Turns()
        self._in_hand = InHand()
        self._recorder = AttemptRecorder(units_of_work, settings, let_go=self._let_go)
        self._tries = Tries(
            units_of_work, settings, messenger, self._recorder, self._in_hand, let_go=self._let_go
        )

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Tries what is due, for the block. When it ends, or the process drains, nothing more is begun; what
        is being sent has ``drain_seconds`` from then, and what has not ended by then is given back."""
        looking = self._background(self._look_on(), "dispatcher")
        recording = self._background(self._recorder.run(), "attempt_recorder")
        try:
            yield
        finally:
            await self._drain(looking)
            recording.cancel()
            await asyncio.wait({recording})
            await self._record_the_last()
            for task in (looking, recording):
                if not task.cancelled():
                    task.result()

    async def _look_on(self) -> None:
        with self._notifications.watch("deliveries") as wakeup:
            self._wakeup = wakeup
            while not (self._is_closing or self._stopping.is_set()):
                try:
                    rest_s = await self._look()
                except (*CONNECTION_LOST, asyncpg.PostgresError) as err:
                    log.warning("dispatch_waits", error=type(err).__name__)
                    rest_s = PAUSE_S
                await asyncio.sleep(GATHER_S)
                if rest_s:
                    await wakeup.wait(rest_s)
        self._tries.begin_no_more()
        self._drain_by = time.monotonic() + self._settings.drain_seconds

    async def _look(self) -> float:
        """Takes what may be tried now. For how many seconds there is nothing to look for, unless somebody is
        woken."""
        most_each = self._settings.webhook_tries_at_once_each
        due = await self._units_of_work.read(claiming.due_webhooks, most_each=most_each)
        now = time.monotonic()
        waiting = self._turns.in_order(self._in_hand.waiting(due, most_each=most_each, now=now))
        taken = self._in_hand.taken(now=now)
        shares = fair_shares(waiting, taken, slots=self._settings.webhook_tries_at_once)
        if not shares:
            next_s = await self._units_of_work.read(claiming.next_due_in_s)
            return SWEEP_S if next_s is None else min(SWEEP_S, max(GATHER_S, next_s))
        served = {each.webhook_id: each for each in waiting if each.webhook_id in shares}
        self._turns.had(served.values())
        async with self._units_of_work.begin() as uow:
            claimed, is_contended = await claiming.claim(
                uow.connection,
                shares,
                {webhook_id: each.limit for webhook_id, each in served.items()},
                lease_s=self._settings.webhook_timeout + LEASE_BEYOND_TRY_S,
            )
        for each in claimed:
            self._in_hand.take(each, is_doubtful=served[each.webhook_id].is_doubtful)
            delivery_metrics.taken(each.waited_s)
        delivery_metrics.in_hand.set(len(self._in_hand))
        self._tries.start(claimed)
        return CONTENDED_S if is_contended and not claimed else 0.0

    def _let_go(self, claimed: Claimed) -> None:
        self._in_hand.let_go(claimed)
        delivery_metrics.in_hand.set(len(self._in_hand))
        self._wakeup.wake()

    def _background(self, work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        task = asyncio.create_task(work, name=name)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        """As of any task of a service: one that ends by an exception ends the process."""
        if not task.cancelled() and (error := task.exception()) is not None:
            log.critical("task_failed", task=task.get_name(), exc_info=error)
            self._stopping.set()

    async def _drain(self, looking: "asyncio.Task[None]") -> None:
        self._is_closing = True
        self._wakeup.wake()
        self._tries.begin_no_more()
        by = self._drain_by or time.monotonic() + self._settings.drain_seconds
        await asyncio.wait({looking}, timeout=max(0.0, by - time.monotonic()))
        looking.cancel()
        await asyncio.wait({looking})
        await self._tries.end(within_s=by - time.monotonic())

    async def _record_the_last(self) -> None:
        """Where the database is away, leases run out instead."""
        try:
            async with asyncio.timeout(LAST_RECORDS_S):
                await self._recorder.record_all()
        except PASSING as err:
            log.warning("tries_not_recorded", tries=len(self._recorder), error=type(err).__name__)
