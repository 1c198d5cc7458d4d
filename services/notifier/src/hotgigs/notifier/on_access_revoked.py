"""access_revoked -> who may see the candidate."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.access_revoked import AccessRevokedV1
from hotgigs.notifier.access_store import put_access


async def on_access_revoked(events: Sequence[AccessRevokedV1], uow: UnitOfWork) -> None:
    await put_access(uow.connection, events)
