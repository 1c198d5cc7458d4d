"""note_added -> the read model of notes."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.note_added import NoteAddedV1
from hotgigs.gateway.candidates.notes import add_notes
from hotgigs.gateway.locks import lock
from hotgigs.gateway.outcomes.store import note_applied


async def on_note_added(events: Sequence[NoteAddedV1], uow: UnitOfWork) -> None:
    await lock(uow.connection, {event.note.database_id for event in events})
    await add_notes(uow.connection, [event.note for event in events])
    await note_applied(uow.connection, [(event.command_id, event, None) for event in events])
