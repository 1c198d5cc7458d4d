"""candidate_erased -> files_erased, when they are."""

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.candidate_erased import CandidateErasedV1
from hotgigs.ingest.erasing_files import confirm


async def on_candidate_erased(event: CandidateErasedV1, _: None, uow: UnitOfWork) -> None:
    await confirm(event.erasure, uow)
