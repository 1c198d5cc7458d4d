"""The secrets of webhooks: drawn here, sealed at once, and shown once."""

import secrets
from uuid import UUID

from litestar.status_codes import HTTP_409_CONFLICT
from msgspec import Struct

from hotgigs.chassis.sealing import Unopenable
from hotgigs.contracts.webhook_secret import context_of, secret_of
from hotgigs.gateway.errors import Problem
from hotgigs.gateway.idempotency.fencing import chosen
from hotgigs.gateway.request import GatewayRequest

KEY_BYTES = 32


class NewSecret(Struct, frozen=True, kw_only=True):
    """Its ``repr`` does not show it."""

    shown: str
    sealed: bytes

    def __repr__(self) -> str:
        return f"{type(self).__name__}(...)"


async def new_secret(request: GatewayRequest, webhook_id: UUID) -> NewSecret:
    """A request that is tried again has that of its first try, which the notifier may have been told.

    Raises Problem 409 where another try has taken over, or the first try's cannot be opened any more.
    """
    sealing, context = request.resources.webhook_sealing, context_of(webhook_id)
    offered = sealing.seal(secret_of(secrets.token_bytes(KEY_BYTES)).encode(), context=context)
    async with request.resources.pool.acquire() as connection:
        sealed = await chosen(request, connection, offered)
    try:
        shown = sealing.open(sealed, context=context).decode()
    except Unopenable as err:
        raise Problem(status_code=HTTP_409_CONFLICT, detail=_UNREADABLE) from err
    return NewSecret(shown=shown, sealed=sealed)


_UNREADABLE = (
    "The request with this Idempotency-Key may have been carried out, but its secret can no longer be read;"
    " look for the webhook, and rotate its secret."
)
