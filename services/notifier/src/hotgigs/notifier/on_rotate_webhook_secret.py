"""rotate_webhook_secret -> webhook_changed."""

from collections.abc import Awaitable, Callable, Sequence

import msgspec

from hotgigs.chassis.database import Connection
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.gateway.rotate_webhook_secret import RotateWebhookSecretV1
from hotgigs.contracts.message import Event
from hotgigs.contracts.notifier.webhook_changed import WebhookChangedV1
from hotgigs.notifier import secrets_store, webhook_store
from hotgigs.notifier.owning import require_owner
from hotgigs.notifier.resources import Resources
from hotgigs.notifier.settling import settle


async def work(_: RotateWebhookSecretV1, resources: Resources) -> float:
    """For how many seconds the secret before signs, too, which a record cannot ask for itself."""
    return resources.settings.webhook_secret_overlap_seconds


async def on_rotate_webhook_secret(command: RotateWebhookSecretV1, overlap_s: float, uow: UnitOfWork) -> None:
    await settle(command, uow, _rotate_with(overlap_s))


def _rotate_with(
    overlap_s: float,
) -> Callable[[RotateWebhookSecretV1, Connection], Awaitable[Sequence[Event]]]:
    async def rotate(command: RotateWebhookSecretV1, connection: Connection) -> Sequence[Event]:
        webhook = require_owner(command.actor, await webhook_store.find(connection, command.webhook_id))
        until = await secrets_store.rotate(
            connection, webhook.webhook_id, command.sealed_secret, overlap_s=overlap_s
        )
        rotated = msgspec.structs.replace(webhook, old_secrets_until=until)
        return [WebhookChangedV1(webhook=await webhook_store.change(connection, rotated))]

    return rotate
