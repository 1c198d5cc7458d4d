"""job_deleted -> submission_withdrawn, of all submissions to it."""

from datetime import UTC, datetime

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.matcher.job_deleted import JobDeletedV1
from hotgigs.ingest import candidate_store, submission_store
from hotgigs.ingest.withdrawing import withdrawn


async def on_job_deleted(event: JobDeletedV1, uow: UnitOfWork) -> None:
    connection = uow.connection
    await submission_store.lock_job(connection, event.job_id)
    await submission_store.put_deleted_job(connection, event.job_id)
    found = await submission_store.submissions_to(connection, event.job_id)
    await candidate_store.lock_databases(connection, {each.database_id for each in found})
    # Some may have been withdrawn, or erased, before their databases were locked.
    submissions = await submission_store.submissions_to(connection, event.job_id)
    for told in await withdrawn(connection, submissions, actor=None, now=datetime.now(UTC)):
        uow.publish(told)
