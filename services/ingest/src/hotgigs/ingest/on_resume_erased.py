"""resume_erased -> files_erased, when they are."""

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.resume_erased import ResumeErasedV1
from hotgigs.ingest.erasing_files import confirm


async def on_resume_erased(event: ResumeErasedV1, _: None, uow: UnitOfWork) -> None:
    await confirm(event.erasure, uow)
