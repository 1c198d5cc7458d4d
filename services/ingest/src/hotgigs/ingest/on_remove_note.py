"""remove_note -> note_removed."""

from collections.abc import Sequence
from datetime import UTC, datetime

from hotgigs.chassis.database import Connection
from hotgigs.chassis.refused import Refused
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.candidate_state import NoteState
from hotgigs.contracts.gateway.remove_note import RemoveNoteV1
from hotgigs.contracts.ingest.note_removed import NoteRemovedV1
from hotgigs.contracts.message import Event
from hotgigs.ingest import note_store
from hotgigs.ingest.access import Opened, open_candidate
from hotgigs.ingest.activities import activity, record
from hotgigs.ingest.settling import settle


async def on_remove_note(command: RemoveNoteV1, uow: UnitOfWork) -> None:
    await settle(command, uow, _remove)


async def _remove(command: RemoveNoteV1, connection: Connection) -> Sequence[Event]:
    opened = await open_candidate(connection, command.actor, command.candidate_id, beside_others=True)
    opened.only_for("owner", "shared")
    note = await note_store.lock_note(connection, command.note_id, opened.group.candidates)
    if note is None:
        raise Refused("not_found", _NO_SUCH_NOTE)
    _require_may_remove(command, opened, note)
    now = datetime.now(UTC)
    await note_store.remove_note(connection, note.note_id, now)
    told = NoteRemovedV1(note_id=note.note_id, candidate_id=note.candidate_id, database_id=note.database_id)
    done = activity(
        "note_removed",
        opened.candidate,
        actor=command.actor,
        at=now,
        note_id=note.note_id,
        is_private=note.is_private,
    )
    return [told, *await record(connection, [done])]


def _require_may_remove(command: RemoveNoteV1, opened: Opened, note: NoteState) -> None:
    """Raises Refused. A private note is not there for anybody but its author."""
    if note.author_user_id == command.actor.user_id:
        return
    if note.is_private:
        raise Refused("not_found", _NO_SUCH_NOTE)
    if opened.access != "owner":
        raise Refused("forbidden", "Only its author, or the candidate's owner, can remove this note.")


_NO_SUCH_NOTE = "There is no such note."
