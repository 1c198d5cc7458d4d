"""Loop: the outcomes of commands are forgotten when nobody can ask for them any more."""

from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.gateway.outcomes import store


async def forget_old_outcomes(units_of_work: UnitsOfWork, _: object) -> None:
    async with units_of_work.begin() as uow:
        await store.forget_old(uow.connection)
