"""recover_deliveries -> deliveries_changed, of all that have failed then."""

from collections.abc import Sequence

from hotgigs.chassis.database import Connection
from hotgigs.chassis.refused import Refused
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.gateway.recover_deliveries import RecoverDeliveriesV1
from hotgigs.contracts.message import Event
from hotgigs.notifier import delivery_states, restarting, webhook_store
from hotgigs.notifier.owning import require_active, require_owner
from hotgigs.notifier.settling import settle
from hotgigs.notifier.wakeups import wake

MOST_RECOVERED = 10_000
TOO_MANY = f"More than {MOST_RECOVERED:,} deliveries failed then; recover those of a shorter time first."


async def on_recover_deliveries(command: RecoverDeliveriesV1, uow: UnitOfWork) -> None:
    await settle(command, uow, _recover)


async def _recover(command: RecoverDeliveriesV1, connection: Connection) -> Sequence[Event]:
    webhook = require_owner(command.actor, await webhook_store.find(connection, command.webhook_id))
    require_active(webhook)
    failed = await restarting.failed_between(
        connection, webhook.webhook_id, command.since, command.until, limit=MOST_RECOVERED + 1
    )
    if len(failed) > MOST_RECOVERED:
        raise Refused("conflict", TOO_MANY)
    await restarting.restart_all(connection, failed)
    await wake(connection, "deliveries")
    return await delivery_states.words_of(connection, failed)
