"""job_deleted -> nothing more is told of its matches."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.matcher.job_deleted import JobDeletedV1
from hotgigs.notifier.job_store import delete_jobs


async def on_job_deleted(events: Sequence[JobDeletedV1], uow: UnitOfWork) -> None:
    await delete_jobs(uow.connection, [event.job_id for event in events])
