"""What the caller may do with candidates and resumes, as far as is known here; ingest decides it again."""

from uuid import UUID

from asyncpg import Record
from litestar.status_codes import HTTP_403_FORBIDDEN

from hotgigs.gateway.changes import store
from hotgigs.gateway.errors import Problem, not_found
from hotgigs.gateway.request import GatewayRequest
from hotgigs.gateway.visibility import Seen, candidate_seen_by, is_own_resume


async def candidate_to_read(request: GatewayRequest, candidate_id: UUID) -> Seen:
    """Raises Problem 404, also for what is somebody else's."""
    async with request.resources.pool.acquire() as connection:
        seen = await candidate_seen_by(connection, request.principal, candidate_id)
    if seen is None:
        raise not_found("candidate")
    return seen


async def candidate_to_change(request: GatewayRequest, candidate_id: UUID) -> Seen:
    """Raises Problem 404, and 403 for who only sees it because it is shared."""
    seen = await candidate_to_read(request, candidate_id)
    if not seen.is_owner:
        raise _shared()
    return seen


async def resume_to_change(request: GatewayRequest, resume_id: UUID) -> Record:
    """A row of `store.resume`. Raises Problem 404, and 403 for who only sees its candidate because that is
    shared."""
    principal = request.principal
    async with request.resources.pool.acquire() as connection:
        row = await store.resume(connection, resume_id)
        if row is None:
            raise not_found("resume")
        if is_own_resume(row, principal):
            return row
        seen = await candidate_seen_by(connection, principal, row["candidate_id"])
    if seen is None:
        raise not_found("resume")
    if not seen.is_owner:
        raise _shared()
    return row


def _shared() -> Problem:
    return Problem(
        status_code=HTTP_403_FORBIDDEN,
        detail="This candidate is shared with you; only its own database's recruiter may do this.",
    )
