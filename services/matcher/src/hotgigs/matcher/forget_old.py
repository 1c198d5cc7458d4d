"""Loop: what was kept for those who were reading meanwhile, and runs that ended long ago, are forgotten."""

from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.matcher import match_store, run_store

EVERY_S = 24 * 3600


async def forget_old(units_of_work: UnitsOfWork, _: object) -> None:
    async with units_of_work.begin() as uow:
        await match_store.forget_removed(uow.connection)
        await run_store.forget_old(uow.connection)
