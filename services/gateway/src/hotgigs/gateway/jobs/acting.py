"""What the caller may do with jobs. The matcher does not decide it again: it is its callers' roles and the
job's owner alone."""

from uuid import UUID

from litestar.status_codes import HTTP_403_FORBIDDEN, HTTP_409_CONFLICT

from hotgigs.chassis.database import Connection
from hotgigs.contracts.job_state import JobState
from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.errors import Problem, not_found
from hotgigs.gateway.jobs import store
from hotgigs.gateway.jobs.owning import is_owner
from hotgigs.gateway.request import GatewayRequest


async def job_seen_by(connection: Connection, principal: Principal, job_id: UUID) -> JobState | None:
    """None for what is not there, and for what ``principal`` is not to know of: others' jobs that are
    closed."""
    job = await store.job(connection, job_id)
    if job is None or not (job.status == "open" or is_owner(job, principal)):
        return None
    return job


async def job_to_read(request: GatewayRequest, job_id: UUID) -> JobState:
    """Raises Problem 404."""
    async with request.resources.pool.acquire() as connection:
        job = await job_seen_by(connection, request.principal, job_id)
    if job is None:
        raise not_found("job")
    return job


async def job_to_change(request: GatewayRequest, job_id: UUID) -> JobState:
    """Raises Problem 404, and 403 for who only reads it because it is open."""
    job = await job_to_read(request, job_id)
    if not is_owner(job, request.principal):
        raise Problem(status_code=HTTP_403_FORBIDDEN, detail="This job is somebody else's.")
    return job


def require_open(job: JobState) -> None:
    """Raises Problem 409."""
    if job.status != "open":
        raise Problem(status_code=HTTP_409_CONFLICT, detail="This job is closed; open it again first.")
