"""candidate_added -> a run of the candidate."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.candidate_added import CandidateAddedV1
from hotgigs.matcher.taking_in import take_in


async def on_candidate_added(events: Sequence[CandidateAddedV1], uow: UnitOfWork) -> None:
    await take_in([event.candidate for event in events], uow)
