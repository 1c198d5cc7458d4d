"""drive_command_settled -> the outcomes of commands."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.drive_sync.drive_command_settled import DriveCommandSettledV1
from hotgigs.gateway.outcomes.store import note_settled


async def on_drive_command_settled(events: Sequence[DriveCommandSettledV1], uow: UnitOfWork) -> None:
    await note_settled(uow.connection, events)
