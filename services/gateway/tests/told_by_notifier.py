"""What the notifier tells of webhooks and deliveries, for tests of what the gateway makes of it."""

from datetime import timedelta
from typing import Any

import msgspec
from told import NOW, OWNER, an_id

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.notifier.deliveries_changed import DeliveriesChangedV1
from hotgigs.contracts.notifier.webhook_changed import WebhookChangedV1
from hotgigs.contracts.webhook_state import DeliveryAttempt, DeliveryState, WebhookState


def webhook(name: str, *, owner: Actor = OWNER, version: int = 1, **changes: Any) -> WebhookState:
    """Of two events; the greater the version the later it was changed."""
    state = WebhookState(
        webhook_id=an_id(name),
        version=version,
        owner_user_id=owner.user_id,
        url=f"https://{name}.example/hooks",
        events=("candidate.added", "match.created"),
        created_at=NOW,
        updated_at=NOW + timedelta(minutes=version),
    )
    return msgspec.structs.replace(state, **changes)


def delivery(name: str, *, of: str = "webhook", version: int = 1, **changes: Any) -> DeliveryState:
    """Of one event about a candidate of that name, and not tried yet."""
    state = DeliveryState(
        delivery_id=an_id(f"delivery {name}"),
        webhook_id=an_id(of),
        version=version,
        event="candidate.added",
        event_ids=(an_id(f"event {name}"),),
        candidate_ids=(an_id(name),),
        status="pending",
        created_at=NOW,
        next_attempt_at=NOW,
    )
    return msgspec.structs.replace(state, **changes)


def attempt(number: int = 1, **changes: Any) -> DeliveryAttempt:
    """That was accepted."""
    state = DeliveryAttempt(
        number=number,
        started_at=NOW + timedelta(minutes=number),
        duration_ms=120,
        status_code=200,
        answer="Thank you.",
    )
    return msgspec.structs.replace(state, **changes)


def changed(name: str, **changes: Any) -> WebhookChangedV1:
    return WebhookChangedV1(webhook=webhook(name, **changes))


def tried(name: str, **changes: Any) -> DeliveriesChangedV1:
    return DeliveriesChangedV1(deliveries=(delivery(name, **changes),))
