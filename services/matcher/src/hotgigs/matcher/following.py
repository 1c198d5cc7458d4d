"""Runs that somebody follows: what is told of them while they are under way."""

from uuid import UUID

from hotgigs.matcher import run_store
from hotgigs.matcher.matching import Matching
from hotgigs.matcher.run_store import Run
from hotgigs.matcher.runs import told


async def begun(run_id: UUID, matching: Matching) -> Run | None:
    """None for one that has ended, or is not there any more."""
    async with matching.units_of_work.begin() as uow:
        run = await run_store.begin(uow.connection, run_id)
        if run is not None and run.requested_by is not None:
            uow.publish(told(run))
    return run


async def followed(run: Run, matching: Matching, *, to_compare: int, compared: int) -> None:
    if run.requested_by is None:
        return
    async with matching.units_of_work.begin() as uow:
        now = await run_store.progress(uow.connection, run.run_id, to_compare=to_compare, compared=compared)
        if now is not None:
            uow.publish(told(now))
