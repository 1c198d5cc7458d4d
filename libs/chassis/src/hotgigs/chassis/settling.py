"""What every command that somebody waits for goes through: its effect once, and word of what became of it."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypeVar
from uuid import UUID

import msgspec

from hotgigs.chassis import settled_commands
from hotgigs.chassis.database import Connection
from hotgigs.chassis.refused import Refused
from hotgigs.chassis.settled_commands import Outcome
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.message import Event
from hotgigs.contracts.rejection import Rejection


class Awaited(Protocol):
    """A command whose sender waits for what becomes of it."""

    @property
    def command_id(self) -> UUID: ...


class Settled(Protocol):
    """The event by which a service tells what became of a command."""

    def __call__(self, *, command_id: UUID, events: int, rejection: Rejection | None) -> Event: ...


C = TypeVar("C", bound=Awaited)

Effect = Callable[[C, Connection], Awaitable[Sequence[Event]]]
"""Changes the state and returns the events that tell of it. May raise `Refused`, and then changes nothing."""


async def settle(command: C, uow: UnitOfWork, effect: Effect[C], *, told_as: Settled) -> None:
    """Publishes the effect's events, those with a ``command_id`` stamped with this command's, and
    ``told_as``, which counts these. A command that was settled is told so again, and nothing else."""
    outcome = await settled_commands.claim(uow.connection, command.command_id)
    if outcome is None:
        outcome = await _carry_out(command, uow, effect)
        await settled_commands.put(uow.connection, command.command_id, outcome)
    uow.publish(told_as(command_id=command.command_id, events=outcome.events, rejection=outcome.rejection))


async def _carry_out(command: C, uow: UnitOfWork, effect: Effect[C]) -> Outcome:
    try:
        async with uow.connection.transaction():
            events = await effect(command, uow.connection)
    except Refused as refused:
        return Outcome(rejection=Rejection(code=refused.code, detail=refused.detail))
    of_the_command = 0
    for event in events:
        if "command_id" in event.__struct_fields__:
            of_the_command += 1
            uow.publish(msgspec.structs.replace(event, command_id=command.command_id))
        else:
            uow.publish(event)
    return Outcome(events=of_the_command)
