"""matching_progressed -> the read model of runs."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.matcher.matching_progressed import MatchingProgressedV1
from hotgigs.gateway.matching.runs import put_runs
from hotgigs.gateway.outcomes.store import note_applied


async def on_matching_progressed(events: Sequence[MatchingProgressedV1], uow: UnitOfWork) -> None:
    await put_runs(uow.connection, [event.run for event in events])
    await note_applied(
        uow.connection, [(event.command_id, event, {"run_id": str(event.run.run_id)}) for event in events]
    )
