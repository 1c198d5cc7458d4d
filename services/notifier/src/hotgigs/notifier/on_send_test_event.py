"""send_test_event -> deliveries_changed, of a delivery that is due now."""

from collections.abc import Sequence

from hotgigs.chassis.database import Connection
from hotgigs.chassis.refused import Refused
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.gateway.send_test_event import SendTestEventV1
from hotgigs.contracts.message import Event
from hotgigs.notifier import delivery_states, restarting, webhook_store
from hotgigs.notifier.owning import require_active, require_owner
from hotgigs.notifier.settling import settle
from hotgigs.notifier.wakeups import wake


async def on_send_test_event(command: SendTestEventV1, uow: UnitOfWork) -> None:
    await settle(command, uow, _send)


async def _send(command: SendTestEventV1, connection: Connection) -> Sequence[Event]:
    webhook = require_owner(command.actor, await webhook_store.find(connection, command.webhook_id))
    require_active(webhook)
    is_new = await restarting.add_test(
        connection,
        webhook.webhook_id,
        command.delivery_id,
        command.event,
        is_batch=webhook.is_batched and command.event == "match.created",
    )
    if not is_new:
        raise Refused("conflict", "There is a delivery with this id.")
    await wake(connection, "deliveries")
    return await delivery_states.words_of(connection, [command.delivery_id])
