"""resume_failed -> resume.processing.failed."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.resume_failed import ResumeFailedV1
from hotgigs.notifier import event_store
from hotgigs.notifier.happening import resume_failed


async def on_resume_failed(events: Sequence[ResumeFailedV1], uow: UnitOfWork) -> None:
    await event_store.add(uow.connection, [resume_failed(event.resume) for event in events])
