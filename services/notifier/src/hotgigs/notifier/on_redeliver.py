"""redeliver -> deliveries_changed."""

from collections.abc import Sequence

from hotgigs.chassis.database import Connection
from hotgigs.chassis.refused import Refused
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.gateway.redeliver import RedeliverV1
from hotgigs.contracts.message import Event
from hotgigs.notifier import delivery_states, restarting, webhook_store
from hotgigs.notifier.owning import require_active, require_owner
from hotgigs.notifier.settling import settle
from hotgigs.notifier.wakeups import wake


async def on_redeliver(command: RedeliverV1, uow: UnitOfWork) -> None:
    await settle(command, uow, _redeliver)


async def _redeliver(command: RedeliverV1, connection: Connection) -> Sequence[Event]:
    webhook = require_owner(command.actor, await webhook_store.find(connection, command.webhook_id))
    require_active(webhook)
    if not await restarting.restart(connection, webhook.webhook_id, command.delivery_id):
        raise Refused("not_found", "There is no such delivery.")
    await wake(connection, "deliveries")
    return await delivery_states.words_of(connection, [command.delivery_id])
