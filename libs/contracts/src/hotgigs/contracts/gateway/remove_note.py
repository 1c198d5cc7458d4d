"""remove_note: remove a note from a candidate."""

from uuid import UUID

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.message import Command


class RemoveNoteV1(Command, frozen=True, kw_only=True):
    command_id: UUID
    actor: Actor
    candidate_id: UUID
    note_id: UUID

    @property
    def subject(self) -> str:
        return str(self.candidate_id)
