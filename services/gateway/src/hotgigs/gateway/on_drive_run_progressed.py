"""drive_run_progressed -> the read model of runs."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.drive_sync.drive_run_progressed import DriveRunProgressedV1
from hotgigs.gateway.drive.projecting import put_runs
from hotgigs.gateway.locks import lock
from hotgigs.gateway.outcomes.store import note_applied


async def on_drive_run_progressed(events: Sequence[DriveRunProgressedV1], uow: UnitOfWork) -> None:
    runs = [event.run for event in events]
    await lock(uow.connection, {run.sync_id for run in runs})
    await put_runs(uow.connection, runs)
    await note_applied(
        uow.connection, [(event.command_id, event, {"run_id": str(event.run.run_id)}) for event in events]
    )
