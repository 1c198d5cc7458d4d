"""webhook_command_settled -> the outcomes of commands."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.notifier.webhook_command_settled import WebhookCommandSettledV1
from hotgigs.gateway.outcomes.store import note_settled


async def on_webhook_command_settled(events: Sequence[WebhookCommandSettledV1], uow: UnitOfWork) -> None:
    await note_settled(uow.connection, events)
