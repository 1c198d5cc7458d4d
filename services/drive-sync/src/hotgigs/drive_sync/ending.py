"""How a run ends, by the process that has it: recorded and told in one transaction."""

from typing import Literal

from hotgigs.chassis.unit_of_work import UnitOfWork
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
    raise NotImplementedError
