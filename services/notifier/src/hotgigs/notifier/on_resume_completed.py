"""resume_completed -> what is hidden of its candidate, and resume.processing.completed."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.resume_completed import ResumeCompletedV2
from hotgigs.notifier import event_store
from hotgigs.notifier.happening import resume_completed
from hotgigs.notifier.resume_contact_store import put_contacts


async def on_resume_completed(events: Sequence[ResumeCompletedV2], uow: UnitOfWork) -> None:
    await put_contacts(uow.connection, events)
    await event_store.add(uow.connection, [resume_completed(event.resume) for event in events])
