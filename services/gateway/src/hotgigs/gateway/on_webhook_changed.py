"""webhook_changed -> the read model of webhooks."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.notifier.webhook_changed import WebhookChangedV1
from hotgigs.gateway.locks import lock
from hotgigs.gateway.outcomes.store import note_applied
from hotgigs.gateway.webhooks.projecting import put_webhooks


async def on_webhook_changed(events: Sequence[WebhookChangedV1], uow: UnitOfWork) -> None:
    webhooks = [event.webhook for event in events]
    await lock(uow.connection, {webhook.webhook_id for webhook in webhooks})
    await put_webhooks(uow.connection, webhooks)
    await note_applied(uow.connection, [(event.command_id, event, None) for event in events])
