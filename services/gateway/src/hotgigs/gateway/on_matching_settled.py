"""matching_settled -> the outcomes of commands."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.matcher.matching_settled import MatchingSettledV1
from hotgigs.gateway.outcomes.store import note_settled


async def on_matching_settled(events: Sequence[MatchingSettledV1], uow: UnitOfWork) -> None:
    await note_settled(uow.connection, events)
