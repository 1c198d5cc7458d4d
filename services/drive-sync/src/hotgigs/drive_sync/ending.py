"""How a run ends, by the process that has it: recorded and told in one transaction."""

from typing import Literal

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.drive_sync import run_store, telling
from hotgigs.drive_sync.leasing import HeldRun


async def finish(
    uow: UnitOfWork,
    held: HeldRun,
    *,
    status: Literal["completed", "failed"],
    error_message: str | None = None,
    grant_ended: bool = False,
) -> bool:
    """False, and the run has not ended, where it was asked for again before it completed: it is to look once
    more (`run_store.take_asked_again`); and where the grant has ended but the owner has given another one
    meanwhile: the run is given back, to be taken with that.

    A completed run's ``next_cursor`` becomes the sync's cursor. ``error_message`` becomes the sync's
    ``last_error``; with ``grant_ended`` the sync is switched off and its grant forgotten. Raises
    `run_store.RunOver`.
    """
    connection = uow.connection
    grant_version = await run_store.lock(connection, held)
    if grant_ended and grant_version != held.sync.grant_version:
        await run_store.give_back(connection, held)
        return False
    if status == "completed":
        if not await run_store.complete(connection, held):
            return False
    else:
        await run_store.fail(connection, held, error_message=error_message, grant_ended=grant_ended)
    await telling.tell(uow, [held.run_id])
    return True
