"""Which syncs are the caller's. Everybody else's, for admins too, are as if they were not there."""

from uuid import UUID

from hotgigs.contracts.drive_state import DriveSyncState
from hotgigs.gateway.drive import store
from hotgigs.gateway.errors import not_found
from hotgigs.gateway.request import GatewayRequest


async def own_sync(request: GatewayRequest, sync_id: UUID) -> DriveSyncState:
    """Raises Problem 404."""
    async with request.resources.pool.acquire() as connection:
        sync = await store.sync(connection, sync_id)
    if sync is None or sync.owner_user_id != request.principal.user_id:
        raise not_found("sync")
    return sync
