"""resume_completed -> the read model of resumes, with the parsed data."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.resume_completed import ResumeCompletedV2
from hotgigs.gateway import store


async def on_resume_completed(events: Sequence[ResumeCompletedV2], uow: UnitOfWork) -> None:
    await store.put_resumes(uow.connection, [(event.resume, event.data) for event in events])
