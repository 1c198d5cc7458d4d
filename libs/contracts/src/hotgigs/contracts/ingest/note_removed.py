"""note_removed: a note is gone, and stays gone."""

from uuid import UUID

from hotgigs.contracts.message import Event


class NoteRemovedV1(Event, frozen=True, kw_only=True):
    note_id: UUID
    candidate_id: UUID
    database_id: UUID
    command_id: UUID | None = None

    @property
    def subject(self) -> str:
        return str(self.candidate_id)
