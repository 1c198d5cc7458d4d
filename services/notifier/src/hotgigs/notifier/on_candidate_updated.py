"""candidate_updated -> the candidate as it is."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.candidate_updated import CandidateUpdatedV1
from hotgigs.notifier.candidate_store import put_candidates


async def on_candidate_updated(events: Sequence[CandidateUpdatedV1], uow: UnitOfWork) -> None:
    await put_candidates(uow.connection, [event.candidate for event in events])
