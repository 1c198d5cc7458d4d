"""drive_file_fetched -> resume_received, or resume_failed for a file that was refused; or resume_erased for a
new version of a resume that was erased meanwhile."""

from datetime import UTC, datetime

from uuid_utils.compat import uuid7

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.drive_sync.drive_file_fetched import DriveFileFetchedV1
from hotgigs.contracts.ingest.resume_failed import ResumeFailedV1
from hotgigs.contracts.ingest.resume_received import ResumeReceivedV1
from hotgigs.ingest import candidate_store, erasure_store, store, version_store
from hotgigs.ingest.erasing import erase_resume
from hotgigs.ingest.resumes import fetched
from hotgigs.ingest.versions import received_at


async def on_drive_file_fetched(event: DriveFileFetchedV1, uow: UnitOfWork) -> None:
    replaced = event.replaces_resume_id
    ids = {event.resume_id} if replaced is None else {event.resume_id, replaced}
    if event.resume_id in await erasure_store.erased_among(uow.connection, ids):
        return
    # From here on nobody is erased whose version it is.
    await candidate_store.lock_databases(uow.connection, [event.database_id], beside_others=True)
    if replaced is not None and await erasure_store.tombstones_among(uow.connection, [replaced]):
        await _erase(event, uow)
        return
    neighbours = await version_store.neighbours(uow.connection, event.resume_id, replaced, event.database_id)
    resume = fetched(event, received_at(datetime.now(UTC), **neighbours._asdict()))
    if not await store.add_resumes(uow.connection, [resume]):
        return
    if replaced is not None:
        await version_store.put_replaced(uow.connection, resume.resume_id, replaced)
    uow.publish(ResumeFailedV1(resume=resume) if resume.file is None else ResumeReceivedV1(resume=resume))


async def _erase(event: DriveFileFetchedV1, uow: UnitOfWork) -> None:
    """The person's new version, in the name of who erased the one before."""
    assert event.replaces_resume_id is not None
    earlier = await erasure_store.erasure_of(uow.connection, event.replaces_resume_id)
    for told in await erase_resume(
        uow.connection,
        event.resume_id,
        event.database_id,
        erasure_id=uuid7(),
        actor=earlier.actor,
        now=datetime.now(UTC),
    ):
        uow.publish(told)
