"""Loop: consents and connections are forgotten when they are over."""

from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.gateway.drive_connections import store


async def forget_expired_connections(units_of_work: UnitsOfWork, _: object) -> None:
    async with units_of_work.begin() as uow:
        await store.forget_expired(uow.connection)
