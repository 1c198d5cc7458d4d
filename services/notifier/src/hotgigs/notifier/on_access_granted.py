"""access_granted -> who may see the candidate, and candidate.shared."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.access_granted import AccessGrantedV1
from hotgigs.notifier import event_store
from hotgigs.notifier.access_store import put_access
from hotgigs.notifier.happening import candidate_shared


async def on_access_granted(events: Sequence[AccessGrantedV1], uow: UnitOfWork) -> None:
    grants = [grant for event in events for grant in event.grants]
    await put_access(uow.connection, grants)
    await event_store.add(uow.connection, map(candidate_shared, grants))
