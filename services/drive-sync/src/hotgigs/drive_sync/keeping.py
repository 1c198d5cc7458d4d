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
    lease_s, progress_s = settings.drive_lease_seconds, settings.drive_progress_seconds
    told_at = time.monotonic()
    held_until = told_at + lease_s
    while True:
        await asyncio.sleep(min(progress_s, lease_s / 3))
        asked_at = time.monotonic()
        is_to_tell = asked_at - told_at >= progress_s
        try:
            async with asyncio.timeout(max(0.0, held_until - asked_at)):
                await _renew(held, units_of_work, lease_s=lease_s)
            held_until = asked_at + lease_s
            if is_to_tell:
                # What others have locked for long must not keep the lease from being renewed again.
                async with asyncio.timeout(lease_s / 3):
                    await _tell_news(held, units_of_work)
                told_at = asked_at
        except CONNECTION_LOST:
            if time.monotonic() >= held_until:
                raise RunOver from None


async def _renew(held: HeldRun, units_of_work: UnitsOfWork, *, lease_s: float) -> None:
    """Raises RunOver."""
    async with units_of_work.begin() as uow:
        await run_store.renew(uow.connection, held, lease_s=lease_s)


async def _tell_news(held: HeldRun, units_of_work: UnitsOfWork) -> None:
    """Raises RunOver."""
    if await units_of_work.read(run_states.has_news, held.run_id):
        async with units_of_work.begin() as uow:
            await run_store.lock(uow.connection, held)
            await telling.tell(uow, [held.run_id])
