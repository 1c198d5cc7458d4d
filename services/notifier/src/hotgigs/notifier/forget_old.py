"""Loop: deliveries and events of long ago are forgotten, and secrets that sign no more."""

from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.notifier import retention, secrets_store

EVERY_S = 3600
AT_ONCE = 500


async def forget_old(units_of_work: UnitsOfWork, _: object) -> None:
    async with units_of_work.begin() as uow:
        await secrets_store.forget_ended(uow.connection)
    for forget in (retention.forget_deliveries, retention.forget_events):
        forgotten = AT_ONCE
        while forgotten == AT_ONCE:
            async with units_of_work.begin() as uow:
                forgotten = await forget(uow.connection, limit=AT_ONCE)
