"""Loop: secrets that an older key has sealed are sealed with the newest, so that the older one can go."""

from uuid import UUID

import structlog

from hotgigs.chassis.sealing import Unopenable
from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.contracts import webhook_secret
from hotgigs.notifier import secrets_store
from hotgigs.notifier.resources import Resources

log = structlog.get_logger(__name__)

EVERY_S = 3600
AT_ONCE = 200


async def renew_seals(units_of_work: UnitsOfWork, resources: Resources) -> None:
    """One that no key opens stays as it is: the key may come back."""
    after, renewed, unopenable = (UUID(int=0), 0), 0, 0
    while page := await units_of_work.read(secrets_store.sealed_secrets, after=after, limit=AT_ONCE):
        after = page[-1].webhook_id, page[-1].number
        for each in page:
            context = webhook_secret.context_of(each.webhook_id)
            try:
                anew = resources.sealing.renewed(each.sealed, context=context)
            except Unopenable:
                unopenable += 1
                continue
            if anew is not None:
                async with units_of_work.begin() as uow:
                    await secrets_store.seal_anew(uow.connection, each, anew)
                renewed += 1
    if renewed or unopenable:
        log.info("seals_renewed", renewed=renewed, unopenable=unopenable)
