"""Loop: what was removed is forgotten when nothing older is on its way; so are runs that ended long ago, and
answers that nobody came for."""

from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.gateway.matching import answers, matches, runs


async def forget_old_matches(units_of_work: UnitsOfWork, _: object) -> None:
    async with units_of_work.begin() as uow:
        await matches.forget_removed(uow.connection)
        await runs.forget_old(uow.connection)
        await answers.forget_unread(uow.connection)
