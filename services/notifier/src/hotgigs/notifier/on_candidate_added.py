"""candidate_added -> the candidate as it is, and candidate.added."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.candidate_added import CandidateAddedV1
from hotgigs.notifier import event_store
from hotgigs.notifier.candidate_store import put_candidates
from hotgigs.notifier.happening import candidate_added


async def on_candidate_added(events: Sequence[CandidateAddedV1], uow: UnitOfWork) -> None:
    candidates = [event.candidate for event in events]
    await put_candidates(uow.connection, candidates)
    await event_store.add(uow.connection, map(candidate_added, candidates))
