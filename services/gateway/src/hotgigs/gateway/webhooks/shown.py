"""Webhooks and their deliveries as they are answered; pure."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

import msgspec
from msgspec import Struct

from hotgigs.contracts.webhook_events import WebhookEvent
from hotgigs.contracts.webhook_state import (
    AttemptError,
    DeliveryAttempt,
    DeliveryState,
    DeliveryStatus,
    DisabledBy,
    WebhookState,
)

_DISABLED: Mapping[DisabledBy, str] = MappingProxyType(
    {
        "owner": "It was switched off. To go on, set is_active to true.",
        "gone": (
            "Its receiver answered 410 Gone, which asks for no more deliveries. When it takes them again, set"
            " is_active to true, and recover what has failed."
        ),
        "failing": (
            "Its receiver accepted nothing for days; the deliveries say why. When it takes them again, set"
            " is_active to true, and recover what has failed."
        ),
        "owner_inactive": (
            "Its owner's account is suspended. It goes on when an admin lets the owner in again."
        ),
    }
)
_FAILED: Mapping[AttemptError, str] = MappingProxyType(
    {
        "timeout": "The answer was not complete in time. Answer first, and do the work afterwards.",
        "unresolvable": "The host of the URL has no address.",
        "forbidden_address": "The host of the URL has an address that is not one of the public internet.",
        "refused": "No connection could be made to the host of the URL.",
        "tls": "The certificate was not accepted, or TLS failed otherwise.",
        "closed": "The connection was closed before the answer was complete.",
        "bad_answer": "The answer was not HTTP.",
        "redirect": "The answer was a redirect, which is not followed. Give the webhook the final URL.",
        "status": "The answer's status was not one of success, which are 200 to 299.",
    }
)


class ShownWebhook(Struct, kw_only=True):
    """`disabled_reason` says why it is off, and what to do about it. Until `previous_secret_valid_until`,
    where it is not null, deliveries are signed with the secret before, too."""

    webhook_id: UUID
    url: str
    events: list[WebhookEvent]
    description: str
    batch: bool
    min_score: float
    is_active: bool
    disabled_reason: str | None
    disabled_at: datetime | None
    previous_secret_valid_until: datetime | None
    created_at: datetime
    updated_at: datetime


class WebhookWithSecret(ShownWebhook, kw_only=True):
    """`secret` is what deliveries are signed with, in the form of Standard Webhooks. It is shown this once.
    Its ``repr`` shows none."""

    secret: str

    def __repr__(self) -> str:
        return f"{type(self).__name__}(webhook_id={self.webhook_id}, ...)"


class ShownAttempt(Struct, kw_only=True):
    """`error` is why it was not accepted; null where it was. `answer` is the first KiB of what the receiver
    answered, as text."""

    number: int
    started_at: datetime
    duration_ms: int
    status_code: int | None
    error: str | None
    answer: str


class ShownDelivery(Struct, kw_only=True):
    """`delivery_id` is the header `webhook-id`, and the payload's `id`. One is `withheld` where the webhook's
    owner may not see what it tells any more. `event_ids` are of the events that it tells, none for a test.
    `attempts` are the newest 20 of `attempt_count`, the newest first. `next_attempt_at` is null when it has
    ended."""

    delivery_id: UUID
    event: WebhookEvent
    status: DeliveryStatus
    is_test: bool
    event_ids: list[UUID]
    attempt_count: int
    attempts: list[ShownAttempt]
    created_at: datetime
    next_attempt_at: datetime | None
    ended_at: datetime | None


def shown_webhook(webhook: WebhookState, now: datetime) -> ShownWebhook:
    until = webhook.old_secrets_until
    return ShownWebhook(
        webhook_id=webhook.webhook_id,
        url=webhook.url,
        events=list(webhook.events),
        description=webhook.description,
        batch=webhook.is_batched,
        min_score=webhook.min_score,
        is_active=webhook.is_active,
        disabled_reason=None if webhook.disabled_by is None else _DISABLED[webhook.disabled_by],
        disabled_at=webhook.disabled_at,
        previous_secret_valid_until=until if until is not None and until > now else None,
        created_at=webhook.created_at,
        updated_at=webhook.updated_at,
    )


def with_secret(webhook: ShownWebhook, secret: str) -> WebhookWithSecret:
    return WebhookWithSecret(**msgspec.structs.asdict(webhook), secret=secret)


def shown_delivery(delivery: DeliveryState) -> ShownDelivery:
    return ShownDelivery(
        delivery_id=delivery.delivery_id,
        event=delivery.event,
        status=delivery.status,
        is_test=delivery.is_test,
        event_ids=list(delivery.event_ids),
        attempt_count=delivery.attempt_count,
        attempts=[_shown_attempt(attempt) for attempt in delivery.attempts],
        created_at=delivery.created_at,
        next_attempt_at=delivery.next_attempt_at,
        ended_at=delivery.ended_at,
    )


def _shown_attempt(attempt: DeliveryAttempt) -> ShownAttempt:
    return ShownAttempt(
        number=attempt.number,
        started_at=attempt.started_at,
        duration_ms=attempt.duration_ms,
        status_code=attempt.status_code,
        error=None if attempt.error is None else _FAILED[attempt.error],
        answer=attempt.answer,
    )
