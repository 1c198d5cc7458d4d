"""The runs that this process has: each is worked on, kept and told of until it is over or given back."""

import asyncio
from collections.abc import Coroutine
from typing import Any
from uuid import UUID

import structlog

from hotgigs.chassis.blobs import STORE_FAILED
from hotgigs.chassis.database import CONNECTION_LOST
from hotgigs.chassis.errors import DependencyDown
from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.drive_sync import keeping, run_store
from hotgigs.drive_sync.leasing import HeldRun
from hotgigs.drive_sync.run_store import RunOver
from hotgigs.drive_sync.settings import DriveSyncSettings

log = structlog.get_logger(__name__)

PASSING = (DependencyDown, *CONNECTION_LOST, *STORE_FAILED)
PAUSE_S = 5.0
"""Until a run is gone on with that was let go because something that it needs is away."""

Work = Coroutine[Any, Any, None]
"""Of a run: returns when that is over and recorded, or was given back."""


class Runner:
    """Has at most ``drive_runs_at_once`` runs. A run whose work fails in a way that nobody foresaw is not
    given back: it is taken over when its lease is out, so that it cannot spin."""

    def __init__(self, units_of_work: UnitsOfWork, settings: DriveSyncSettings) -> None:
        self._units_of_work = units_of_work
        self._settings = settings
        self._tasks: dict[UUID, asyncio.Task[None]] = {}
        self._held: dict[UUID, HeldRun] = {}

    @property
    def has_room(self) -> bool:
        return len(self._held) < self._settings.drive_runs_at_once

    def start(self, held: HeldRun, work: Work) -> None:
        """``held`` was claimed just now."""
        task = asyncio.create_task(self._hold(held, asyncio.ensure_future(work)), name="run")
        self._held[held.token], self._tasks[held.token] = held, task
        task.add_done_callback(lambda _: self._ended(held))

    async def idle(self) -> None:
        """Returns when no run is held."""
        while self._tasks:
            await asyncio.wait(list(self._tasks.values()))

    async def close(self) -> None:
        """Gives back what is held, for another process to go on with at once."""
        # A task that is cancelled before it has begun would stop nothing.
        await asyncio.sleep(0)
        held = list(self._held.values())
        for task in self._tasks.values():
            task.cancel()
        await self.idle()
        for each in held:
            await self._give_back(each, after_s=0.0)

    def _ended(self, held: HeldRun) -> None:
        del self._held[held.token], self._tasks[held.token]

    async def _hold(self, held: HeldRun, work: "asyncio.Future[None]") -> None:
        keep = asyncio.ensure_future(keeping.keep(held, self._units_of_work, self._settings))
        try:
            await asyncio.wait((work, keep), return_when=asyncio.FIRST_COMPLETED)
            ended = work if work.done() else keep
        finally:
            await _stop(work, keep)
        await self._let_go(held, ended.exception())

    async def _let_go(self, held: HeldRun, error: BaseException | None) -> None:
        run_id = str(held.run_id)
        if error is None:
            log.info("run_let_go", run_id=run_id)
        elif isinstance(error, RunOver):
            log.info("run_is_over", run_id=run_id)
        elif isinstance(error, PASSING):
            log.warning("run_waits", run_id=run_id, error=type(error).__name__)
            await self._give_back(held, after_s=PAUSE_S)
        else:
            log.error("run_broke_off", run_id=run_id, exc_info=error)

    async def _give_back(self, held: HeldRun, *, after_s: float) -> None:
        """Where the database is away, the lease runs out instead."""
        try:
            async with self._units_of_work.begin() as uow:
                await run_store.give_back(uow.connection, held, after_s=after_s)
        except CONNECTION_LOST as err:
            log.warning("run_not_given_back", run_id=str(held.run_id), error=type(err).__name__)


async def _stop(*tasks: "asyncio.Future[None]") -> None:
    """Returns when they have ended, also those that take their time over it."""
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
