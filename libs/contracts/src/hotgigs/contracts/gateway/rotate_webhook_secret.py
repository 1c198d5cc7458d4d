"""rotate_webhook_secret: sign with another secret, and for a day with the one before, too."""

from uuid import UUID

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.message import Command


class RotateWebhookSecretV1(Command, frozen=True, kw_only=True):
    command_id: UUID
    actor: Actor
    webhook_id: UUID
    sealed_secret: bytes

    @property
    def subject(self) -> str:
        return str(self.webhook_id)
