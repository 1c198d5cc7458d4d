"""What the caller may do with a candidate, as far as is known here; its owner decides it again."""

from uuid import UUID

from litestar.status_codes import HTTP_403_FORBIDDEN

from hotgigs.gateway.errors import Problem, not_found
from hotgigs.gateway.request import GatewayRequest
from hotgigs.gateway.visibility import Seen, candidate_seen_by


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
        raise Problem(
            status_code=HTTP_403_FORBIDDEN,
            detail="This candidate is shared with you; only its own database's recruiter may do this.",
        )
    return seen
