"""similar_found -> the answer that somebody waits for."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.matcher.similar_found import SimilarFoundV1
from hotgigs.gateway.matching.answers import put_answers


async def on_similar_found(events: Sequence[SimilarFoundV1], uow: UnitOfWork) -> None:
    await put_answers(uow.connection, events)
