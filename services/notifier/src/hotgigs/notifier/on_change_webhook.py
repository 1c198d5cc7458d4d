"""change_webhook -> webhook_changed; deliveries_changed of what one that is switched off had pending."""

from collections.abc import Sequence

from hotgigs.chassis.database import Connection
from hotgigs.chassis.refused import Refused
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.gateway.change_webhook import ChangeWebhookV1
from hotgigs.contracts.message import Event
from hotgigs.contracts.notifier.webhook_changed import WebhookChangedV1
from hotgigs.notifier import owner_store, restarting, webhook_store
from hotgigs.notifier.changing import changed
from hotgigs.notifier.owning import require_owner
from hotgigs.notifier.settling import settle

STILL_ENDING = "What was to be delivered before is still being called off; try again in a moment."


async def on_change_webhook(command: ChangeWebhookV1, uow: UnitOfWork) -> None:
    await settle(command, uow, _change)


async def _change(command: ChangeWebhookV1, connection: Connection) -> Sequence[Event]:
    may_be_on = not command.is_active or await owner_store.note(connection, command.actor)
    known = require_owner(command.actor, await webhook_store.find(connection, command.webhook_id))
    if not may_be_on:
        raise Refused("forbidden", owner_store.SUSPENDED)
    state = changed(known, command, now=await webhook_store.clock(connection))
    if state == known:
        return ()
    is_switched = state.is_active != known.is_active
    if state.url != known.url or is_switched:
        await webhook_store.begin_anew(connection, known.webhook_id)
    told: list[Event] = [WebhookChangedV1(webhook=await webhook_store.change(connection, state))]
    if is_switched:
        told.extend(await webhook_store.end_pending(connection, known.webhook_id))
        if state.is_active and await restarting.has_pending(connection, known.webhook_id):
            raise Refused("conflict", STILL_ENDING)
    return told
