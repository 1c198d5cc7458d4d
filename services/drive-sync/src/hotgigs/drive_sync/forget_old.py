"""Loop: runs that ended long ago are forgotten, but for the last of each sync."""

from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.drive_sync import run_queue

EVERY_S = 24 * 3600
AT_ONCE = 500


async def forget_old(units_of_work: UnitsOfWork, _: object) -> None:
    forgotten = AT_ONCE
    while forgotten == AT_ONCE:
        async with units_of_work.begin() as uow:
            forgotten = await run_queue.forget_old(uow.connection, limit=AT_ONCE)
