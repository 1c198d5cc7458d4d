"""webhook_command_settled: a command to the notifier was carried out, or refused."""

from uuid import UUID

from hotgigs.contracts.message import Event
from hotgigs.contracts.rejection import Rejection


class WebhookCommandSettledV1(Event, frozen=True, kw_only=True):
    """As ingest's command_settled: ``events`` is how many events with the command's id tell of its effect."""

    command_id: UUID
    events: int = 0
    rejection: Rejection | None = None

    @property
    def subject(self) -> str:
        return str(self.command_id)
