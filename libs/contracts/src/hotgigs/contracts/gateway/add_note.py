"""add_note: add a note to a candidate."""

from uuid import UUID

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.message import Command


class AddNoteV1(Command, frozen=True, kw_only=True):
    """The note gets the command's id."""

    command_id: UUID
    actor: Actor
    candidate_id: UUID
    title: str
    content: str
    is_private: bool = False
    is_important: bool = False

    @property
    def subject(self) -> str:
        return str(self.candidate_id)
