"""change_webhook: another address, other events, or a pause."""

from uuid import UUID

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.message import Command
from hotgigs.contracts.webhook_events import WebhookEvent


class ChangeWebhookV1(Command, frozen=True, kw_only=True):
    """What is None stays as it is. To switch on one that was disabled gives it a new start."""

    command_id: UUID
    actor: Actor
    webhook_id: UUID
    url: str | None = None
    events: tuple[WebhookEvent, ...] | None = None
    description: str | None = None
    is_batched: bool | None = None
    min_score: float | None = None
    is_active: bool | None = None

    @property
    def subject(self) -> str:
        return str(self.webhook_id)
