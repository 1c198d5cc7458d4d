"""Queries for notes. None commits; the candidates' databases are locked (`hotgigs.gateway.locks`)."""

from collections.abc import Sequence

import msgspec

from hotgigs.chassis.database import Connection
from hotgigs.contracts.candidate_state import NoteState
from hotgigs.contracts.ingest.note_removed import NoteRemovedV1
from hotgigs.gateway import tombstones

_COLUMNS = ", ".join(NoteState.__struct_fields__)


async def add_notes(connection: Connection, notes: Sequence[NoteState]) -> None:
    """Those that are not gone, of candidates that are not."""
    by_id = {note.note_id: note for note in notes}
    gone = await tombstones.gone(connection, {*by_id, *(note.candidate_id for note in notes)})
    await connection.execute(
        f"INSERT INTO notes ({_COLUMNS})"  # noqa: S608 - the column names are our own
        f" SELECT {_COLUMNS} FROM jsonb_populate_recordset(NULL::notes, $1) ON CONFLICT DO NOTHING",
        [
            msgspec.to_builtins(note)
            for note_id, note in sorted(by_id.items())
            if not {note_id, note.candidate_id} & gone
        ],
    )


async def remove_notes(connection: Connection, notes: Sequence[NoteRemovedV1]) -> None:
    """For good."""
    note_ids = [note.note_id for note in notes]
    await tombstones.bury(connection, note_ids)
    await connection.execute("DELETE FROM notes WHERE note_id = ANY($1)", note_ids)
