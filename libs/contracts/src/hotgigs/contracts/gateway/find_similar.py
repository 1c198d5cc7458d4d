"""find_similar: candidates like one candidate, among those that one database shows."""

from uuid import UUID

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.message import Command


class FindSimilarV1(Command, frozen=True, kw_only=True):
    """The gateway has seen that the actor may see the candidate. Of all candidates, for an admin."""

    command_id: UUID
    actor: Actor
    candidate_id: UUID
    limit: int = 20

    @property
    def subject(self) -> str:
        return str(self.candidate_id)
