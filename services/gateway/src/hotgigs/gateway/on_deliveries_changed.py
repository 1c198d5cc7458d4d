"""deliveries_changed -> the read model of deliveries."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.notifier.deliveries_changed import DeliveriesChangedV1
from hotgigs.gateway.locks import lock
from hotgigs.gateway.outcomes.store import note_applied
from hotgigs.gateway.wakeups import delivery_key, wake
from hotgigs.gateway.webhooks.projecting import put_deliveries


async def on_deliveries_changed(events: Sequence[DeliveriesChangedV1], uow: UnitOfWork) -> None:
    deliveries = [delivery for event in events for delivery in event.deliveries]
    await lock(uow.connection, {delivery.webhook_id for delivery in deliveries})
    await put_deliveries(uow.connection, deliveries)
    await note_applied(uow.connection, [(event.command_id, event, _counted(event)) for event in events])
    await wake(uow.connection, [delivery_key(each.delivery_id) for each in deliveries if each.is_test])


def _counted(event: DeliveriesChangedV1) -> dict[str, int]:
    """Under a name that no other of its command's has."""
    return {str(each.delivery_id): len(event.deliveries) for each in event.deliveries[:1]}
