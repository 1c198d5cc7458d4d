"""command_settled -> the outcomes of commands."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.command_settled import CommandSettledV1
from hotgigs.gateway.outcomes.store import note_settled


async def on_command_settled(events: Sequence[CommandSettledV1], uow: UnitOfWork) -> None:
    await note_settled(uow.connection, events)
