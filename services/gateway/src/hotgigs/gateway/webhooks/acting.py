"""Which webhooks are the caller's. Everybody else's, for admins too, are as if they were not there."""

from uuid import UUID

from hotgigs.contracts.webhook_state import DeliveryState, WebhookState
from hotgigs.gateway.errors import not_found
from hotgigs.gateway.request import GatewayRequest
from hotgigs.gateway.webhooks import store


async def own_webhook(request: GatewayRequest, webhook_id: UUID) -> WebhookState:
    """Raises Problem 404."""
    async with request.resources.pool.acquire() as connection:
        webhook = await store.webhook(connection, webhook_id)
    if webhook is None or webhook.owner_user_id != request.principal.user_id:
        raise not_found("webhook")
    return webhook


async def own_delivery(request: GatewayRequest, webhook_id: UUID, delivery_id: UUID) -> DeliveryState:
    """Raises Problem 404."""
    await own_webhook(request, webhook_id)
    async with request.resources.pool.acquire() as connection:
        delivery = await store.delivery(connection, webhook_id, delivery_id)
    if delivery is None:
        raise not_found("delivery")
    return delivery
