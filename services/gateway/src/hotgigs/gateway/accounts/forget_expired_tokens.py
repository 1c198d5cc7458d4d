"""Loop: tokens and sessions that are over are forgotten."""

from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.gateway.accounts import store


async def forget_expired_tokens(units_of_work: UnitsOfWork, _: object) -> None:
    async with units_of_work.begin() as uow:
        await store.forget_expired(uow.connection)
