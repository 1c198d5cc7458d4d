"""candidate_erased -> notifications_forgotten."""

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.candidate_erased import CandidateErasedV1
from hotgigs.notifier.erasing import erase


async def on_candidate_erased(event: CandidateErasedV1, uow: UnitOfWork) -> None:
    await erase(event.erasure, uow)
