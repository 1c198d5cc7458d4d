"""job_updated -> the read model of jobs, and of the matches that it retires."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.matcher.job_updated import JobUpdatedV1
from hotgigs.gateway.jobs.projecting import put_jobs
from hotgigs.gateway.locks import lock
from hotgigs.gateway.outcomes.store import note_applied


async def on_job_updated(events: Sequence[JobUpdatedV1], uow: UnitOfWork) -> None:
    jobs = [event.job for event in events]
    await lock(uow.connection, {job.job_id for job in jobs})
    await put_jobs(uow.connection, jobs)
    await note_applied(uow.connection, [(event.command_id, event, None) for event in events])
