"""note_removed -> the read model of notes."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.note_removed import NoteRemovedV1
from hotgigs.gateway.candidates.notes import remove_notes
from hotgigs.gateway.locks import lock
from hotgigs.gateway.outcomes.store import note_applied


async def on_note_removed(events: Sequence[NoteRemovedV1], uow: UnitOfWork) -> None:
    await lock(uow.connection, {event.database_id for event in events})
    await remove_notes(uow.connection, events)
    await note_applied(uow.connection, [(event.command_id, event, None) for event in events])
