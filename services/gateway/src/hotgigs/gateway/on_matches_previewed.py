"""matches_previewed -> the answer that somebody waits for."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.matcher.matches_previewed import MatchesPreviewedV1
from hotgigs.gateway.matching.answers import put_answers


async def on_matches_previewed(events: Sequence[MatchesPreviewedV1], uow: UnitOfWork) -> None:
    await put_answers(uow.connection, events)
