"""Loop: what became of commands is forgotten when nobody can send them again any more."""

from hotgigs.chassis import settled_commands
from hotgigs.chassis.service import Loop
from hotgigs.chassis.unit_of_work import UnitsOfWork

EVERY_S = 24 * 3600


async def forget_commands(units_of_work: UnitsOfWork, _: object) -> None:
    async with units_of_work.begin() as uow:
        await settled_commands.forget_old(uow.connection)


FORGET_COMMANDS = Loop(name="forget_commands", every_s=EVERY_S, run=forget_commands)
