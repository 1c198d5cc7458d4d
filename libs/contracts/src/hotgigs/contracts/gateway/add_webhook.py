"""add_webhook: call an address from now on when something happens."""

from uuid import UUID

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.message import Command
from hotgigs.contracts.webhook_events import WebhookEvent


class AddWebhookV1(Command, frozen=True, kw_only=True):
    command_id: UUID
    actor: Actor
    webhook_id: UUID
    url: str
    events: tuple[WebhookEvent, ...]
    description: str = ""
    is_batched: bool = False
    min_score: float = 0.0
    is_active: bool = True
    sealed_secret: bytes
    """As of `hotgigs.contracts.webhook_secret`."""

    @property
    def subject(self) -> str:
        return str(self.webhook_id)
