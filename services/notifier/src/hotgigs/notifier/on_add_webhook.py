"""add_webhook -> webhook_changed."""

from collections.abc import Awaitable, Callable, Sequence

from hotgigs.chassis.database import Connection
from hotgigs.chassis.refused import Refused
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.gateway.add_webhook import AddWebhookV1
from hotgigs.contracts.message import Event
from hotgigs.contracts.notifier.webhook_changed import WebhookChangedV1
from hotgigs.contracts.webhook_state import WebhookState
from hotgigs.notifier import owner_store, secrets_store, webhook_store
from hotgigs.notifier.resources import Resources
from hotgigs.notifier.settling import settle


async def work(_: AddWebhookV1, resources: Resources) -> int:
    """How many an owner may have, which a record cannot ask for itself."""
    return resources.settings.webhook_most_per_owner


async def on_add_webhook(command: AddWebhookV1, most_per_owner: int, uow: UnitOfWork) -> None:
    await settle(command, uow, _add_within(most_per_owner))


def _add_within(
    most_per_owner: int,
) -> Callable[[AddWebhookV1, Connection], Awaitable[Sequence[Event]]]:
    async def add(command: AddWebhookV1, connection: Connection) -> Sequence[Event]:
        if not await owner_store.note(connection, command.actor):
            raise Refused("forbidden", owner_store.SUSPENDED)
        if await webhook_store.count_of_owner(connection, command.actor.user_id) >= most_per_owner:
            raise Refused("conflict", f"You have {most_per_owner} webhooks already, the most there may be.")
        now = await webhook_store.clock(connection)
        webhook = WebhookState(
            webhook_id=command.webhook_id,
            version=1,
            owner_user_id=command.actor.user_id,
            url=command.url,
            events=command.events,
            description=command.description,
            is_batched=command.is_batched,
            min_score=command.min_score,
            is_active=command.is_active,
            disabled_by=None if command.is_active else "owner",
            disabled_at=None if command.is_active else now,
            created_at=now,
            updated_at=now,
        )
        if not await webhook_store.add(connection, webhook):
            raise Refused("conflict", "There is, or was, a webhook with this id.")
        await secrets_store.add(connection, webhook.webhook_id, command.sealed_secret)
        return [WebhookChangedV1(webhook=webhook)]

    return add
