"""What came of this process's tries, on its way into the database: together, whatever has ended meanwhile."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from itertools import islice

import asyncpg
import structlog

from hotgigs.chassis.database import CONNECTION_LOST
from hotgigs.chassis.unit_of_work import UnitOfWork, UnitsOfWork
from hotgigs.notifier import claiming, recording, wakeups
from hotgigs.notifier.claiming import Claimed
from hotgigs.notifier.recording import Ended, Recorded
from hotgigs.notifier.settings import NotifierSettings

log = structlog.get_logger(__name__)

MOST = 100
"""In one transaction."""
GATHER_S = 0.02
"""Between two rounds: what ends meanwhile is recorded together."""
RETRY_S = 0.5
LOCKED_S = 0.05
"""Until what somebody else had locked is looked at again."""
PASSING = (*CONNECTION_LOST, asyncpg.TransactionRollbackError)


class AttemptRecorder:
    """What it was given is kept over outages of the database, however long. ``let_go`` is called of each
    delivery when it is recorded, or is not this process's any more."""

    def __init__(
        self, units_of_work: UnitsOfWork, settings: NotifierSettings, *, let_go: Callable[[Claimed], None]
    ) -> None:
        self._units_of_work = units_of_work
        self._settings = settings
        self._let_go = let_go
        self._ended: dict[Claimed, Ended] = {}
        self._given_back: dict[Claimed, float] = {}
        self._health: list[Ended] = []
        """What was recorded and does not count for its webhook's health yet."""
        self._is_waiting = asyncio.Event()

    def add(self, ended: Ended) -> None:
        self._ended[ended.claimed] = ended
        self._is_waiting.set()

    def give_back(self, claimed: Claimed, *, after_s: float = 0.0) -> None:
        """Untried, for any process to try then."""
        self._given_back[claimed] = after_s
        self._is_waiting.set()

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            await self._is_waiting.wait()
            try:
                await self.record_all()
            except PASSING as err:
                log.warning("tries_wait", tries=len(self), error=type(err).__name__)
                await asyncio.sleep(RETRY_S)
            await asyncio.sleep(GATHER_S)

    def __len__(self) -> int:
        return len(self._ended) + len(self._given_back)

    async def record_all(self) -> None:
        """Raises one of `PASSING`: what is not recorded waits again."""
        while len(self) or self._health:
            is_all_done = await self._record_some()
            await self._give_some_back()
            if not is_all_done:
                await asyncio.sleep(LOCKED_S)
        self._is_waiting.clear()

    async def _record_some(self) -> bool:
        """False where something was locked."""
        taken = list(islice(self._ended.values(), MOST))
        last = [each for each in taken if recording.may_disable(each, self._settings)]
        others = [each for each in taken if each not in last]
        is_all_done = True
        if others or self._health:
            is_all_done = await self._carry_out(self._record(others), others)
        for each in last:
            is_all_done &= await self._carry_out(self._record_last(each), [each])
        return is_all_done

    async def _record(self, ended: list[Ended]) -> Recorded:
        async with self._units_of_work.begin() as uow:
            recorded = await recording.record(uow, ended, self._settings)
        self._health += recorded.ended
        async with self._units_of_work.begin() as uow:
            locked = await recording.keep_health(uow.connection, self._health, self._settings)
        self._health = locked
        return recorded

    async def _record_last(self, ended: Ended) -> Recorded:
        async with self._units_of_work.begin() as uow:
            return await recording.record_last(uow, ended, self._settings)

    async def _carry_out(self, work: Awaitable[Recorded], ended: Iterable[Ended]) -> bool:
        locked: list[Ended] = []
        claimed = [each.claimed for each in ended]
        try:
            locked = (await work).locked
        except PASSING:
            raise
        except asyncpg.PostgresError as err:
            # Who keeps what cannot be written never writes anything again: the leases run out instead.
            log.error("tries_not_recorded", tries=len(claimed), error=type(err).__name__)
            self._health = []
        for each in claimed:
            del self._ended[each]
        for later in locked:
            self._ended[later.claimed] = later
        for each in claimed:
            if each not in self._ended:
                self._let_go(each)
        return not (locked or self._health)

    async def _give_some_back(self) -> None:
        taken = dict(islice(self._given_back.items(), MOST))
        if not taken:
            return
        async with self._units_of_work.begin() as uow:
            await _give_back(uow, taken)
        for each in taken:
            del self._given_back[each]
            self._let_go(each)


async def _give_back(uow: UnitOfWork, taken: dict[Claimed, float]) -> None:
    for after_s in set(taken.values()):
        held = [each for each, wait_s in taken.items() if wait_s == after_s]
        await claiming.give_back(uow.connection, held, after_s=after_s)
    await wakeups.wake(uow.connection, "deliveries")
