"""change_job: a job says something else, is closed, or opened again."""

from uuid import UUID

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.job_state import JobPosting, JobStatus
from hotgigs.contracts.message import Command


class ChangeJobV1(Command, frozen=True, kw_only=True):
    """The whole posting. Only its owner's or an admin's is carried out."""

    command_id: UUID
    actor: Actor
    job_id: UUID
    posting: JobPosting
    status: JobStatus

    @property
    def subject(self) -> str:
        return str(self.job_id)
