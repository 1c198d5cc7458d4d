"""The queries of notes. None commits."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import msgspec
from asyncpg import Record

from hotgigs.chassis.database import Connection
from hotgigs.chassis.tables import CHANGED_SINCE
from hotgigs.contracts.candidate_state import NoteState

_COLUMNS = ", ".join(NoteState.__struct_fields__)


async def add_note(connection: Connection, note: NoteState) -> bool:
    """False where it is there already, or was and is removed."""
    status = await connection.execute(
        f"INSERT INTO notes ({_COLUMNS}) SELECT {_COLUMNS} FROM jsonb_populate_record(NULL::notes, $1)"  # noqa: S608
        f" ON CONFLICT DO NOTHING",
        msgspec.to_builtins(note),
    )
    return bool(status == "INSERT 0 1")


async def lock_note(
    connection: Connection, note_id: UUID, candidate_ids: Collection[UUID]
) -> NoteState | None:
    """The note of one of the candidates, which nobody else removes until the transaction ends; None for one
    that was removed."""
    row = await connection.fetchrow(
        f"SELECT {_COLUMNS} FROM notes"  # noqa: S608 - the column names are our own
        f" WHERE note_id = $1 AND candidate_id = ANY($2) AND removed_at IS NULL FOR UPDATE",
        note_id,
        list(candidate_ids),
    )
    return None if row is None else _note(row)


async def remove_note(connection: Connection, note_id: UUID, now: datetime) -> None:
    """Nothing of what it said is kept."""
    await connection.execute(
        "UPDATE notes SET title = '', content = '', removed_at = $2 WHERE note_id = $1", note_id, now
    )


async def notes_changed(
    connection: Connection, since: int, *, after: UUID, limit: int
) -> list[tuple[NoteState, bool]]:
    """A page in the order of their ids, of those that transaction ``since`` or a later one changed last, and
    whether each is removed."""
    rows = await connection.fetch(
        f"SELECT {_COLUMNS}, removed_at IS NOT NULL AS is_removed FROM notes"  # noqa: S608
        f" WHERE {CHANGED_SINCE} AND note_id > $2 ORDER BY note_id LIMIT $3",
        since,
        after,
        limit,
    )
    return [(_note(row), row["is_removed"]) for row in rows]


def _note(row: Record) -> NoteState:
    return NoteState(**{name: row[name] for name in NoteState.__struct_fields__})
