"""job_updated -> the job as it is."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.matcher.job_updated import JobUpdatedV1
from hotgigs.notifier.job_store import put_jobs


async def on_job_updated(events: Sequence[JobUpdatedV1], uow: UnitOfWork) -> None:
    await put_jobs(uow.connection, [event.job for event in events])
