"""merge_candidates: two candidates of one database are the same person."""

from uuid import UUID

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.message import Command


class MergeCandidatesV1(Command, frozen=True, kw_only=True):
    """The merge gets the command's id."""

    command_id: UUID
    actor: Actor
    candidate_id: UUID
    """Which survives."""
    merged_id: UUID

    @property
    def subject(self) -> str:
        return str(self.candidate_id)
