"""webhook_changed: there is a webhook, or it is otherwise than before."""

from uuid import UUID

from hotgigs.contracts.message import Event
from hotgigs.contracts.webhook_state import WebhookState


class WebhookChangedV1(Event, frozen=True, kw_only=True):
    webhook: WebhookState
    command_id: UUID | None = None

    @property
    def subject(self) -> str:
        return str(self.webhook.webhook_id)
