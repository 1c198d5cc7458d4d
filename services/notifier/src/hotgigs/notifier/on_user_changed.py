"""user_changed -> webhook_changed of what a suspension switches off, or its end on; deliveries_changed of
what was pending."""

from collections.abc import Sequence

from hotgigs.chassis.database import Connection
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.gateway.user_changed import UserChangedV1
from hotgigs.contracts.message import Event
from hotgigs.contracts.notifier.webhook_changed import WebhookChangedV1
from hotgigs.contracts.webhook_state import WebhookState
from hotgigs.notifier import owner_store, webhook_store
from hotgigs.notifier.switching import switched_on


async def on_user_changed(event: UserChangedV1, uow: UnitOfWork) -> None:
    """What is told late changes nothing."""
    connection = uow.connection
    is_news = await owner_store.change(
        connection, event.user_id, version=event.version, role=event.role, is_active=event.is_active
    )
    if not is_news:
        return
    webhooks = await webhook_store.lock_of_owner(connection, event.user_id)
    await webhook_store.hold(connection, [webhook.webhook_id for webhook in webhooks])
    for webhook in webhooks:
        if not event.is_active:
            told = await webhook_store.disable(connection, webhook.webhook_id, "owner_inactive")
        elif webhook.disabled_by == "owner_inactive":
            told = await _let_in_again(connection, webhook)
        else:
            told = ()
        for each in told:
            uow.publish(each)


async def _let_in_again(connection: Connection, webhook: WebhookState) -> Sequence[Event]:
    await webhook_store.begin_anew(connection, webhook.webhook_id)
    on = await webhook_store.change(connection, switched_on(webhook))
    return [WebhookChangedV1(webhook=on), *await webhook_store.end_pending(connection, webhook.webhook_id)]
