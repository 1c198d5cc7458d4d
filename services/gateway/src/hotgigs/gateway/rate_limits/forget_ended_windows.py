"""Loop: windows are forgotten when they are over."""

from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.gateway.rate_limits import store


async def forget_ended_windows(units_of_work: UnitsOfWork, _: object) -> None:
    async with units_of_work.begin() as uow:
        await store.forget_ended(uow.connection)
