"""Loop: what is still pending of webhooks that are off fails.

Most of it has failed as they were switched off; this is for more than fits one transaction, and for what was
made at that moment.
"""

from uuid import UUID

from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.notifier import restarting, webhook_store

EVERY_S = 5


async def end_deliveries(units_of_work: UnitsOfWork, _: object) -> None:
    for webhook_id in await units_of_work.read(restarting.off_with_pending):
        while await _end_some(units_of_work, webhook_id):
            pass


async def _end_some(units_of_work: UnitsOfWork, webhook_id: UUID) -> bool:
    async with units_of_work.begin() as uow:
        webhook = await webhook_store.find(uow.connection, webhook_id)
        if webhook is None or webhook.is_active:
            return False
        told = await webhook_store.end_pending(uow.connection, webhook_id)
        for each in told:
            uow.publish(each)
        return bool(told)
