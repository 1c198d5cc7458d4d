"""note_added: a candidate has a new note."""

from uuid import UUID

from hotgigs.contracts.candidate_state import NoteState
from hotgigs.contracts.message import Event


class NoteAddedV1(Event, frozen=True, kw_only=True):
    note: NoteState
    command_id: UUID | None = None

    @property
    def subject(self) -> str:
        return str(self.note.candidate_id)
