"""resume_erased -> notifications_forgotten."""

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.resume_erased import ResumeErasedV1
from hotgigs.notifier.erasing import erase


async def on_resume_erased(event: ResumeErasedV1, uow: UnitOfWork) -> None:
    await erase(event.erasure, uow)
