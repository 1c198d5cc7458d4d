"""withdraw_submission: a candidate is submitted to a job no more."""

from uuid import UUID

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.message import Command


class WithdrawSubmissionV1(Command, frozen=True, kw_only=True):
    command_id: UUID
    actor: Actor
    submission_id: UUID
    candidate_id: UUID

    @property
    def subject(self) -> str:
        return str(self.candidate_id)
