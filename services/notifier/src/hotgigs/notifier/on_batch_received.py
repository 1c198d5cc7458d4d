"""batch_received -> resume.processing.failed of the files that were refused: nobody else tells of them."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.batch_received import BatchReceivedV1
from hotgigs.notifier import event_store
from hotgigs.notifier.happening import resume_failed


async def on_batch_received(events: Sequence[BatchReceivedV1], uow: UnitOfWork) -> None:
    refused = [resume for event in events for resume in event.resumes if resume.status == "failed"]
    await event_store.add(uow.connection, map(resume_failed, refused))
