"""What a webhook or a delivery will be when a command is carried out that is safe in its queue; pure."""

from datetime import datetime

import msgspec

from hotgigs.contracts.gateway.add_webhook import AddWebhookV1
from hotgigs.contracts.gateway.change_webhook import ChangeWebhookV1
from hotgigs.contracts.gateway.send_test_event import SendTestEventV1
from hotgigs.contracts.webhook_state import DeliveryState, WebhookState


def added(command: AddWebhookV1, now: datetime) -> WebhookState:
    return WebhookState(
        webhook_id=command.webhook_id,
        version=0,
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


def changed(webhook: WebhookState, command: ChangeWebhookV1, now: datetime) -> WebhookState:
    """As far as it does not hang on what only the notifier knows."""
    given = {
        name: getattr(command, name)
        for name in ("url", "events", "description", "is_batched", "min_score", "is_active")
        if getattr(command, name) is not None
    }
    after = msgspec.structs.replace(webhook, **given, updated_at=now)
    if after.is_active == webhook.is_active:
        return after
    if after.is_active:
        return msgspec.structs.replace(after, disabled_by=None, disabled_at=None)
    return msgspec.structs.replace(after, disabled_by="owner", disabled_at=now)


def tested(command: SendTestEventV1, now: datetime) -> DeliveryState:
    return DeliveryState(
        delivery_id=command.delivery_id,
        webhook_id=command.webhook_id,
        version=0,
        event=command.event,
        is_test=True,
        status="pending",
        created_at=now,
        next_attempt_at=now,
    )


def redelivered(delivery: DeliveryState, now: datetime) -> DeliveryState:
    return msgspec.structs.replace(delivery, status="pending", next_attempt_at=now, ended_at=None)
