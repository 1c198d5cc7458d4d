"""Loop: runs that ended long ago are forgotten, but for the last of each sync."""

from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.gateway.drive import store


async def forget_old_runs(units_of_work: UnitsOfWork, _: object) -> None:
    async with units_of_work.begin() as uow:
        await store.forget_old_runs(uow.connection)
