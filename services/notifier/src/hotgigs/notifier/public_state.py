"""The notifier's public state, as the events that told of it last."""

from collections.abc import AsyncIterator
from uuid import UUID

from hotgigs.chassis.database import Connection
from hotgigs.contracts.message import Event
from hotgigs.contracts.notifier.webhook_changed import WebhookChangedV1
from hotgigs.contracts.notifier.webhook_deleted import WebhookDeletedV1
from hotgigs.notifier import delivery_states, webhook_store

PAGE = 200
NIL = UUID(int=0)


async def public_state(connection: Connection, since: int) -> AsyncIterator[Event]:
    """What was deleted before all, so that nothing of it is taken in; webhooks before their deliveries."""
    for part in (_deleted, _webhooks, _deliveries):
        async for event in part(connection, since):
            yield event


async def _deleted(connection: Connection, since: int) -> AsyncIterator[Event]:
    after = NIL
    while page := await webhook_store.webhooks_deleted(connection, since, after=after, limit=PAGE):
        for webhook_id in page:
            yield WebhookDeletedV1(webhook_id=webhook_id)
        after = page[-1]


async def _webhooks(connection: Connection, since: int) -> AsyncIterator[Event]:
    after = NIL
    while page := await webhook_store.webhooks_changed(connection, since, after=after, limit=PAGE):
        for webhook in page:
            yield WebhookChangedV1(webhook=webhook)
        after = page[-1].webhook_id


async def _deliveries(connection: Connection, since: int) -> AsyncIterator[Event]:
    after = NIL
    while page := await delivery_states.deliveries_changed(connection, since, after=after, limit=PAGE):
        for event in await delivery_states.words_of(connection, page):
            yield event
        after = page[-1]
