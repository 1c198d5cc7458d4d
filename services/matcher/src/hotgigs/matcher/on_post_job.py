"""post_job -> job_posted, and a run of the job."""

from collections.abc import Sequence
from datetime import UTC, datetime

from hotgigs.chassis.database import Connection
from hotgigs.chassis.refused import Refused
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.gateway.post_job import PostJobV1
from hotgigs.contracts.job_state import JobState
from hotgigs.contracts.matcher.job_posted import JobPostedV1
from hotgigs.contracts.message import Event
from hotgigs.matcher import job_store
from hotgigs.matcher.runs import request_runs
from hotgigs.matcher.settling import settle


async def on_post_job(command: PostJobV1, uow: UnitOfWork) -> None:
    await settle(command, uow, _post)


async def _post(command: PostJobV1, connection: Connection) -> Sequence[Event]:
    if command.actor.role == "candidate":
        raise Refused("forbidden", "Only recruiters and administrators may post jobs.")
    now = datetime.now(UTC)
    job = JobState(
        job_id=command.job_id,
        version=1,
        owner_user_id=command.actor.user_id,
        database_id=command.actor.database_id,
        posting=command.posting,
        status=command.status,
        created_at=now,
        updated_at=now,
    )
    if not await job_store.add(connection, job):
        raise Refused("conflict", "There is, or was, a job with this id.")
    if job.status == "closed":
        return [JobPostedV1(job=job)]
    runs = await request_runs(connection, "job", [job.job_id], at=now, requested_by=command.actor.user_id)
    return [JobPostedV1(job=job), *runs]
