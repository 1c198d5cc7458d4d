"""Loop: what became of commands is forgotten when nobody can send them again any more."""

from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.ingest import settled_commands

EVERY_S = 24 * 3600


async def forget_commands(units_of_work: UnitsOfWork, _: object) -> None:
    async with units_of_work.begin() as uow:
        await settled_commands.forget_old(uow.connection)
