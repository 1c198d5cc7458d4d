"""access_revoked -> the read models of shares and entries."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.access_revoked import AccessRevokedV1
from hotgigs.gateway.candidates.access import put_access
from hotgigs.gateway.candidates.showing import show_again
from hotgigs.gateway.locks import lock
from hotgigs.gateway.outcomes.store import note_applied
from hotgigs.gateway.store import wake_readers


async def on_access_revoked(events: Sequence[AccessRevokedV1], uow: UnitOfWork) -> None:
    await lock(uow.connection, {event.database_id for event in events})
    candidate_ids = await put_access(uow.connection, events)
    await show_again(uow.connection, candidate_ids)
    await wake_readers(uow.connection, candidate_ids)
    await note_applied(uow.connection, [(event.command_id, event, None) for event in events])
