"""consent_changed -> the read models of consents and entries."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.consent_changed import ConsentChangedV1
from hotgigs.gateway.candidates.showing import show_again
from hotgigs.gateway.locks import lock
from hotgigs.gateway.outcomes.store import note_applied
from hotgigs.gateway.submissions.projecting import put_consents


async def on_consent_changed(events: Sequence[ConsentChangedV1], uow: UnitOfWork) -> None:
    await lock(uow.connection, {event.database_id for event in events})
    await show_again(uow.connection, await put_consents(uow.connection, events))
    await note_applied(uow.connection, [(event.command_id, event, None) for event in events])
