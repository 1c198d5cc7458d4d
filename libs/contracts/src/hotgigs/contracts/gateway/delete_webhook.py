"""delete_webhook: forget a webhook, its secrets and its deliveries."""

from uuid import UUID

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.message import Command


class DeleteWebhookV1(Command, frozen=True, kw_only=True):
    command_id: UUID
    actor: Actor
    webhook_id: UUID

    @property
    def subject(self) -> str:
        return str(self.webhook_id)
