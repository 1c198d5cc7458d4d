"""redeliver: make a delivery again, whatever became of it."""

from uuid import UUID

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.message import Command


class RedeliverV1(Command, frozen=True, kw_only=True):
    """It keeps its id, and its schedule of tries begins anew."""

    command_id: UUID
    actor: Actor
    webhook_id: UUID
    delivery_id: UUID

    @property
    def subject(self) -> str:
        return str(self.webhook_id)
