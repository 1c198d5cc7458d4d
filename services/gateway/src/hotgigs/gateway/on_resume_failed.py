"""resume_failed -> the read model of resumes."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.resume_failed import ResumeFailedV1
from hotgigs.gateway import store


async def on_resume_failed(events: Sequence[ResumeFailedV1], uow: UnitOfWork) -> None:
    await store.put_resumes(uow.connection, [(event.resume, None) for event in events])
