"""delete_webhook -> webhook_deleted."""

from collections.abc import Sequence

from hotgigs.chassis.database import Connection
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.gateway.delete_webhook import DeleteWebhookV1
from hotgigs.contracts.message import Event
from hotgigs.contracts.notifier.webhook_deleted import WebhookDeletedV1
from hotgigs.notifier import webhook_store
from hotgigs.notifier.owning import is_owner, require_owner
from hotgigs.notifier.resources import Resources
from hotgigs.notifier.settling import settle

AT_ONCE = 20_000


async def work(command: DeleteWebhookV1, resources: Resources) -> None:
    """The webhook's deliveries go before it: they may be more than one transaction should delete."""
    deleted = AT_ONCE
    while deleted == AT_ONCE:
        async with resources.units_of_work.begin() as uow:
            webhook = await webhook_store.find(uow.connection, command.webhook_id)
            if webhook is None or not is_owner(command.actor, webhook):
                return
            deleted = await webhook_store.delete_deliveries(uow.connection, command.webhook_id, limit=AT_ONCE)


async def on_delete_webhook(command: DeleteWebhookV1, _: None, uow: UnitOfWork) -> None:
    await settle(command, uow, _delete)


async def _delete(command: DeleteWebhookV1, connection: Connection) -> Sequence[Event]:
    webhook = require_owner(command.actor, await webhook_store.find(connection, command.webhook_id))
    await webhook_store.delete(connection, webhook.webhook_id)
    return [WebhookDeletedV1(webhook_id=webhook.webhook_id)]
