"""The end of a run."""

from typing import Literal
from uuid import UUID

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.matcher import run_store
from hotgigs.matcher.runs import told


async def end_run(
    run_id: UUID,
    uow: UnitOfWork,
    *,
    status: Literal["completed", "failed"] = "completed",
    compared: int = 0,
    kept: int = 0,
) -> None:
    """Told to those who follow it."""
    run = await run_store.end(uow.connection, run_id, status=status, compared=compared, kept=kept)
    if run is not None:
        uow.publish(told(run))
