"""webhook_deleted: a webhook is gone, and its deliveries with it."""

from uuid import UUID

from hotgigs.contracts.message import Event


class WebhookDeletedV1(Event, frozen=True, kw_only=True):
    webhook_id: UUID
    command_id: UUID | None = None

    @property
    def subject(self) -> str:
        return str(self.webhook_id)
