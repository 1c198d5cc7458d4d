"""The public state of webhooks and of their deliveries, as the notifier tells it."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from hotgigs.contracts.webhook_events import WebhookEvent

DisabledBy = Literal["owner", "gone", "failing", "owner_inactive"]
"""Why a webhook is off: its owner switched it off; it answered 410; nothing was accepted for five days; its
owner's account was suspended."""
DeliveryStatus = Literal["pending", "delivered", "failed", "withheld"]
"""``failed``: after the last try, or as the webhook was disabled; ``withheld``: the owner may not see what
it tells any more."""
AttemptError = Literal[
    "timeout",
    "unresolvable",
    "forbidden_address",
    "refused",
    "tls",
    "closed",
    "bad_answer",
    "redirect",
    "status",
]
"""``unresolvable``: the host has no address; ``forbidden_address``: one that is not public; ``refused``: no
connection; ``closed``: before an answer was complete; ``bad_answer``: not HTTP; ``status``: not 2xx."""

MOST_ATTEMPTS = 20
"""Of a delivery that are told, the newest."""
ANSWER_BYTES = 1024


class WebhookState(Struct, frozen=True, kw_only=True):
    """``version`` grows with every change of what is here."""

    webhook_id: UUID
    version: int
    owner_user_id: UUID
    url: str
    events: tuple[WebhookEvent, ...]
    description: str = ""
    is_batched: bool = False
    """Of ``match.created``."""
    min_score: float = 0.0
    """Of ``match.created``: 0 to 100."""
    is_active: bool = True
    disabled_by: DisabledBy | None = None
    disabled_at: datetime | None = None
    old_secrets_until: datetime | None = None
    """Until when deliveries are signed with the secret before, too."""
    created_at: datetime
    updated_at: datetime


class DeliveryAttempt(Struct, frozen=True, kw_only=True):
    number: int
    """From 1."""
    started_at: datetime
    duration_ms: int
    status_code: int | None = None
    error: AttemptError | None = None
    """None for one that was accepted."""
    answer: str = ""
    """What came of the body's first `ANSWER_BYTES`, as text."""


class DeliveryState(Struct, frozen=True, kw_only=True):
    """``version`` grows with every word of it. It has nothing of what is delivered but ids."""

    delivery_id: UUID
    """What receivers know it by: the header ``webhook-id``."""
    webhook_id: UUID
    version: int
    event: WebhookEvent
    is_test: bool = False
    event_ids: tuple[UUID, ...] = ()
    candidate_ids: tuple[UUID, ...] = ()
    resume_ids: tuple[UUID, ...] = ()
    """Of what it tells: what erasing finds it by."""
    status: DeliveryStatus
    attempt_count: int = 0
    attempts: tuple[DeliveryAttempt, ...] = ()
    """The newest first, at most `MOST_ATTEMPTS`."""
    created_at: datetime
    next_attempt_at: datetime | None = None
    ended_at: datetime | None = None
