"""change_tags: add tags to a candidate, and remove others."""

from uuid import UUID

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.message import Command


class ChangeTagsV1(Command, frozen=True, kw_only=True):
    """In the actor's database; an admin's are the candidate's own database's."""

    command_id: UUID
    actor: Actor
    candidate_id: UUID
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        return str(self.candidate_id)
