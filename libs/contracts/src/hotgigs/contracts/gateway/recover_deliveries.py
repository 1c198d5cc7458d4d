"""recover_deliveries: make all deliveries of a webhook again that have failed since a time."""

from datetime import datetime
from uuid import UUID

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.message import Command


class RecoverDeliveriesV1(Command, frozen=True, kw_only=True):
    """Those that were made at ``since`` or later, and before ``until``."""

    command_id: UUID
    actor: Actor
    webhook_id: UUID
    since: datetime
    until: datetime | None = None

    @property
    def subject(self) -> str:
        return str(self.webhook_id)
