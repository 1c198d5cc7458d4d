"""Loop: answers are forgotten a day after their requests."""

from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.gateway.idempotency import store


async def forget_old_answers(units_of_work: UnitsOfWork, _: object) -> None:
    async with units_of_work.begin() as uow:
        await store.forget_old(uow.connection)
