"""What keeps a run while it is worked on: its lease is renewed, and what is new of it is told."""

import asyncio
import time

from hotgigs.chassis.database import CONNECTION_LOST
from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.drive_sync import run_states, run_store, telling
from hotgigs.drive_sync.leasing import HeldRun
from hotgigs.drive_sync.run_store import RunOver
from hotgigs.drive_sync.settings import DriveSyncSettings


async def keep(held: HeldRun, units_of_work: UnitsOfWork, settings: DriveSyncSettings) -> None:
    """Until it is cancelled. Raises RunOver once the run is not this process's any more, or may not be: where
    the database does not answer, when the lease is out."""
    lease_s = settings.drive_lease_seconds
    every_s = min(settings.drive_progress_seconds, lease_s / 3)
    held_until = time.monotonic() + lease_s
    while True:
        await asyncio.sleep(every_s)
        asked_at = time.monotonic()
        try:
            async with asyncio.timeout(max(0.0, held_until - asked_at)):
                await renew_and_tell(held, units_of_work, lease_s=lease_s)
        except CONNECTION_LOST:
            if time.monotonic() >= held_until:
                raise RunOver from None
        else:
            held_until = asked_at + lease_s


async def renew_and_tell(held: HeldRun, units_of_work: UnitsOfWork, *, lease_s: float) -> None:
    """Raises RunOver."""
    async with units_of_work.begin() as uow:
        await run_store.renew(uow.connection, held, lease_s=lease_s)
    if await units_of_work.read(run_states.has_news, held.run_id):
        async with units_of_work.begin() as uow:
            await run_store.lock(uow.connection, held)
            await telling.tell(uow, [held.run_id])
