"""unshare_candidate: take a share back."""

from uuid import UUID

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.message import Command


class UnshareCandidateV1(Command, frozen=True, kw_only=True):
    command_id: UUID
    actor: Actor
    candidate_id: UUID
    recruiter_id: UUID

    @property
    def subject(self) -> str:
        return str(self.candidate_id)
