"""Which syncs are the caller's. Everybody else's, for admins too, are as if they were not there."""

from uuid import UUID

from litestar.status_codes import HTTP_403_FORBIDDEN

from hotgigs.contracts.drive_state import DriveSyncState
from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.drive import store
from hotgigs.gateway.drive.filling import filled_by
from hotgigs.gateway.errors import Problem, not_found
from hotgigs.gateway.request import GatewayRequest


async def own_sync(request: GatewayRequest, sync_id: UUID) -> DriveSyncState:
    """Raises Problem 404."""
    async with request.resources.pool.acquire() as connection:
        sync = await store.sync(connection, sync_id)
    if sync is None or sync.owner_user_id != request.principal.user_id:
        raise not_found("sync")
    return sync


def require_may_fill(principal: Principal, sync: DriveSyncState) -> None:
    """Raises Problem 403 for what somebody set up as an admin, and is none any more."""
    if sync.database_id not in filled_by(principal.user_id, principal.role):
        raise Problem(
            status_code=HTTP_403_FORBIDDEN,
            detail="This folder goes to a database that is for admins; delete it, and set it up again.",
        )
