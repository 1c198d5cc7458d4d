"""send_test_event: deliver an example of an event to a webhook, as if it had happened."""

from uuid import UUID

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.message import Command
from hotgigs.contracts.webhook_events import WebhookEvent


class SendTestEventV1(Command, frozen=True, kw_only=True):
    command_id: UUID
    actor: Actor
    webhook_id: UUID
    delivery_id: UUID
    event: WebhookEvent

    @property
    def subject(self) -> str:
        return str(self.webhook_id)
