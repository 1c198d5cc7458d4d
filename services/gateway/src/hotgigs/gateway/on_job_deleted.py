"""job_deleted -> nothing is left of them in any read model."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.matcher.job_deleted import JobDeletedV1
from hotgigs.gateway.jobs.projecting import delete_jobs
from hotgigs.gateway.locks import lock
from hotgigs.gateway.outcomes.store import note_applied


async def on_job_deleted(events: Sequence[JobDeletedV1], uow: UnitOfWork) -> None:
    job_ids = [event.job_id for event in events]
    await lock(uow.connection, job_ids)
    await delete_jobs(uow.connection, job_ids)
    await note_applied(uow.connection, [(event.command_id, event, None) for event in events])
