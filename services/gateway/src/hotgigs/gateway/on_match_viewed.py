"""match_viewed -> the read model of who has looked at matches."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.matcher.match_viewed import MatchViewedV1
from hotgigs.gateway.matching.matches import put_match_views
from hotgigs.gateway.outcomes.store import note_applied


async def on_match_viewed(events: Sequence[MatchViewedV1], uow: UnitOfWork) -> None:
    await put_match_views(uow.connection, events)
    await note_applied(uow.connection, [(event.command_id, event, None) for event in events])
