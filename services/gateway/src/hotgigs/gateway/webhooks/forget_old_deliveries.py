"""Loop: deliveries that ended long ago are forgotten."""

from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.gateway.webhooks import store


async def forget_old_deliveries(units_of_work: UnitsOfWork, _: object) -> None:
    async with units_of_work.begin() as uow:
        await store.forget_old_deliveries(uow.connection)
