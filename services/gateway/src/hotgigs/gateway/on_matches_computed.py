"""matches_computed -> the read model of matches."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.match_state import Match, RemovedMatch
from hotgigs.contracts.matcher.matches_computed import MatchesComputedV1
from hotgigs.gateway.matching.matches import put_matches


async def on_matches_computed(events: Sequence[MatchesComputedV1], uow: UnitOfWork) -> None:
    told: list[Match | RemovedMatch] = []
    for event in events:
        told += [*event.matches, *event.removed]
    await put_matches(uow.connection, told)
