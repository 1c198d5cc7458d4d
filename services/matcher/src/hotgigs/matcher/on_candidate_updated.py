"""candidate_updated -> a run of the candidate."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.candidate_updated import CandidateUpdatedV1
from hotgigs.matcher.taking_in import take_in


async def on_candidate_updated(events: Sequence[CandidateUpdatedV1], uow: UnitOfWork) -> None:
    await take_in([event.candidate for event in events], uow)
