"""deliveries_changed: deliveries were made, tried, or came to an end."""

from uuid import UUID

from hotgigs.contracts.message import Event
from hotgigs.contracts.webhook_state import DeliveryState

MOST_DELIVERIES = 50
"""In one message."""


class DeliveriesChangedV1(Event, frozen=True, kw_only=True):
    """1 to `MOST_DELIVERIES`, of any webhooks; none where all that was told of them is erased."""

    deliveries: tuple[DeliveryState, ...]
    command_id: UUID | None = None

    @property
    def subject(self) -> str:
        return str(self.deliveries[0].webhook_id)
