"""What a user grants to read a Google Drive with: sealed where it is taken in, and in clear nowhere else."""

from uuid import UUID

from litestar.status_codes import HTTP_400_BAD_REQUEST

from hotgigs.chassis.sealing import Sealing
from hotgigs.contracts import drive_grant
from hotgigs.contracts.drive_grant import DriveGrant
from hotgigs.contracts.drive_state import Provider
from hotgigs.gateway.drive.given import GivenGrant
from hotgigs.gateway.drive_connections import store
from hotgigs.gateway.errors import Problem, not_found
from hotgigs.gateway.request import GatewayRequest


def sealed_grant(sealing: Sealing, user_id: UUID, grant: DriveGrant) -> bytes:
    """As drive-sync takes it. ``sealing`` is of the label `drive_grant.LABEL`."""
    return sealing.seal(drive_grant.content_of(grant), context=drive_grant.context_of(user_id))


async def grant_for(request: GatewayRequest, given: GivenGrant, provider: Provider) -> bytes | None:
    """What is ``given`` for a sync of the caller's, sealed; None where nothing is. Raises Problem 400 where
    that makes no sense, and 404 for a connection that is not there or is somebody else's."""
    if (wrong := _contradiction(given, provider)) is not None:
        raise Problem(status_code=HTTP_400_BAD_REQUEST, detail=wrong)
    user_id = request.principal.user_id
    if given.access_token is not None:
        grant = DriveGrant(access_token=given.access_token, refresh_token=given.refresh_token)
        return sealed_grant(request.resources.drive_sealing, user_id, grant)
    if given.connection_id is not None:
        if (sealed := await _of_connection(request, user_id, given.connection_id)) is None:
            raise not_found("connection")
        return sealed
    return None


async def _of_connection(request: GatewayRequest, user_id: UUID, connection_id: UUID) -> bytes | None:
    async with request.resources.pool.acquire() as connection:
        return await store.sealed_grant_of(connection, user_id, connection_id)


def _contradiction(given: GivenGrant, provider: Provider) -> str | None:
    """What is wrong, in words."""
    has_tokens = given.access_token is not None or given.refresh_token is not None
    has_connection = given.connection_id is not None
    if provider != "google_drive" and (has_tokens or has_connection):
        return "Only a folder in Google Drive takes tokens, or a connection_id."
    if has_tokens and has_connection:
        return "Send either tokens or a connection_id, not both."
    if has_tokens and given.access_token is None:
        return "access_token: send it with the refresh_token."
    return None
