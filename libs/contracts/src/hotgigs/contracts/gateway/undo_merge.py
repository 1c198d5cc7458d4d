"""undo_merge: two candidates that were merged are two persons after all."""

from uuid import UUID

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.message import Command


class UndoMergeV1(Command, frozen=True, kw_only=True):
    command_id: UUID
    actor: Actor
    candidate_id: UUID
    """Which survived."""
    merged_id: UUID

    @property
    def subject(self) -> str:
        return str(self.candidate_id)
