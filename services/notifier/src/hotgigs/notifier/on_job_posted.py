"""job_posted -> the job as it is."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.matcher.job_posted import JobPostedV1
from hotgigs.notifier.job_store import put_jobs


async def on_job_posted(events: Sequence[JobPostedV1], uow: UnitOfWork) -> None:
    await put_jobs(uow.connection, [event.job for event in events])
