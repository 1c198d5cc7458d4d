"""view_match: the users of a database have looked at a match."""

from uuid import UUID

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.message import Command


class ViewMatchV1(Command, frozen=True, kw_only=True):
    """The gateway has seen that the actor may see the match."""

    command_id: UUID
    actor: Actor
    job_id: UUID
    candidate_id: UUID

    @property
    def subject(self) -> str:
        return str(self.candidate_id)
