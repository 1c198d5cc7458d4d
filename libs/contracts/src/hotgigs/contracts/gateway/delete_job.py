"""delete_job: a job with its matches and submissions."""

from uuid import UUID

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.message import Command


class DeleteJobV1(Command, frozen=True, kw_only=True):
    command_id: UUID
    actor: Actor
    job_id: UUID

    @property
    def subject(self) -> str:
        return str(self.job_id)
