"""What a run is to fetch, a chunk at a time, and not faster than resumes are read."""

import asyncio
from collections import deque
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hotgigs.drive_sync import file_store, import_store, run_store
from hotgigs.drive_sync.ledger import LedgerFile
from hotgigs.drive_sync.stepping import RunUnderWay

CHUNK = 100
"""Files of which the ledger's rows are in memory."""
POLL_S = 1.0
"""How often it is looked whether there is room for more."""
GIVEN_UP_AFTER = timedelta(days=1)
"""What became of a resume may have been lost on its way: nothing is to wait for it for ever."""


class PendingFiles:
    """Each file once, to whoever asks next. Who has been given one says when it is `done`."""

    def __init__(self, run: RunUnderWay) -> None:
        self._run = run
        self._next: deque[LedgerFile] = deque()
        self._after = ""
        self._out = 0
        self._lock = asyncio.Lock()

    async def next(self) -> LedgerFile | None:
        """None where there are no more. Waits while as many resumes are unread as may be, and raises RunOver
        where the run is over meanwhile."""
        async with self._lock:
            if not self._next and not await self._load():
                return None
            self._out += 1
            return self._next.popleft()

    def done(self) -> None:
        self._out -= 1

    async def _load(self) -> bool:
        while True:
            room = await self._room()
            files = await self._run.resources.units_of_work.read(
                file_store.pending, self._run.held, after=self._after, limit=max(1, min(CHUNK, room))
            )
            if not files:
                return False
            if room > 0:
                break
            await asyncio.sleep(POLL_S)
        self._next.extend(files)
        self._after = files[-1].file_id
        return True

    async def _room(self) -> int:
        """For how many more files there is."""
        settings = self._run.resources.settings
        async with self._run.resources.units_of_work.begin() as uow:
            await run_store.renew(uow.connection, self._run.held, lease_s=settings.drive_lease_seconds)
            unread = await import_store.count_unread(
                uow.connection,
                self._run.sync.sync_id,
                since=_first_id_of(datetime.now(UTC) - GIVEN_UP_AFTER),
                most=settings.drive_most_unread,
            )
        return settings.drive_most_unread - unread - self._out


def _first_id_of(moment: datetime) -> UUID:
    """The least UUIDv7 (RFC 9562) of the moment."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)
