"""resume_erased -> matches_forgotten: of a resume by itself the matcher has nothing."""

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.resume_erased import ResumeErasedV1
from hotgigs.matcher.erasing import erase


async def on_resume_erased(event: ResumeErasedV1, uow: UnitOfWork) -> None:
    await erase(event.erasure, uow)
