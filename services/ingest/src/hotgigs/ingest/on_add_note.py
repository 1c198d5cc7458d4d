"""add_note -> note_added."""

from collections.abc import Sequence
from datetime import UTC, datetime

from hotgigs.chassis.database import Connection
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.candidate_state import NoteState
from hotgigs.contracts.gateway.add_note import AddNoteV1
from hotgigs.contracts.ingest.note_added import NoteAddedV1
from hotgigs.contracts.message import Event
from hotgigs.ingest import note_store
from hotgigs.ingest.access import open_candidate
from hotgigs.ingest.activities import activity, record
from hotgigs.ingest.settling import settle


async def on_add_note(command: AddNoteV1, uow: UnitOfWork) -> None:
    await settle(command, uow, _add)


async def _add(command: AddNoteV1, connection: Connection) -> Sequence[Event]:
    opened = await open_candidate(connection, command.actor, command.candidate_id, beside_others=True)
    opened.only_for("owner", "shared")
    candidate, now = opened.candidate, datetime.now(UTC)
    note = NoteState(
        note_id=command.command_id,
        candidate_id=candidate.candidate_id,
        database_id=candidate.database_id,
        author_user_id=command.actor.user_id,
        title=command.title,
        content=command.content,
        is_private=command.is_private,
        is_important=command.is_important,
        created_at=now,
    )
    if not await note_store.add_note(connection, note):
        return ()
    done = activity(
        "note_added",
        candidate,
        actor=command.actor,
        at=now,
        note_id=note.note_id,
        is_private=note.is_private,
    )
    return [NoteAddedV1(note=note), *await record(connection, [done])]
