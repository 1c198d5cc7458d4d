"""access_granted -> the read models of shares and entries."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.access_granted import AccessGrantedV1
from hotgigs.gateway.candidates.access import put_access
from hotgigs.gateway.candidates.showing import show_again
from hotgigs.gateway.locks import lock
from hotgigs.gateway.outcomes.store import note_applied


async def on_access_granted(events: Sequence[AccessGrantedV1], uow: UnitOfWork) -> None:
    grants = [grant for event in events for grant in event.grants]
    await lock(uow.connection, {grant.database_id for grant in grants})
    await show_again(uow.connection, await put_access(uow.connection, grants))
    await note_applied(
        uow.connection,
        [(event.command_id, event, {"shares_created": event.shares_created}) for event in events],
    )
