"""What every command that somebody waits for goes through: its effect once, and word of what became of it."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypeVar
from uuid import UUID

import msgspec

from hotgigs.chassis.database import Connection
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.command_settled import CommandSettledV1, Rejection
from hotgigs.contracts.message import Event
from hotgigs.ingest import settled_commands
from hotgigs.ingest.refused import Refused


class Awaited(Protocol):
    """A command whose sender waits for what becomes of it."""

    @property
    def command_id(self) -> UUID: ...


C = TypeVar("C", bound=Awaited)

Effect = Callable[[C, Connection], Awaitable[Sequence[Event]]]
"""Changes the state and returns the events that tell of it. May raise `Refused`, and then changes nothing."""


async def settle(command: C, uow: UnitOfWork, effect: Effect[C]) -> None:
    """Publishes the effect's events, those with a ``command_id`` stamped with this command's, and
    command_settled, which counts these. A command that was settled is told so again, and nothing else."""
    if settled := await settled_commands.claim(uow.connection, command.command_id):
        uow.publish(settled)
        return
    events: Sequence[Event] = ()
    rejection = None
    try:
        async with uow.connection.transaction():
            events = await effect(command, uow.connection)
    except Refused as refused:
        rejection = Rejection(code=refused.code, detail=refused.detail)
    of_the_command = 0
    for event in events:
        if "command_id" in event.__struct_fields__:
            of_the_command += 1
            uow.publish(msgspec.structs.replace(event, command_id=command.command_id))
        else:
            uow.publish(event)
    settled = CommandSettledV1(command_id=command.command_id, events=of_the_command, rejection=rejection)
    await settled_commands.put(uow.connection, settled)
    uow.publish(settled)
