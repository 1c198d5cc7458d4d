"""webhook_deleted -> nothing is left of them in any read model."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.notifier.webhook_deleted import WebhookDeletedV1
from hotgigs.gateway.locks import lock
from hotgigs.gateway.outcomes.store import note_applied
from hotgigs.gateway.webhooks.projecting import delete_webhooks


async def on_webhook_deleted(events: Sequence[WebhookDeletedV1], uow: UnitOfWork) -> None:
    webhook_ids = [event.webhook_id for event in events]
    await lock(uow.connection, webhook_ids)
    await delete_webhooks(uow.connection, webhook_ids)
    await note_applied(uow.connection, [(event.command_id, event, None) for event in events])
