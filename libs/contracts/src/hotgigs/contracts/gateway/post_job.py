"""post_job: a new job, to be matched with all candidates."""

from uuid import UUID

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.job_state import JobPosting, JobStatus
from hotgigs.contracts.message import Command


class PostJobV1(Command, frozen=True, kw_only=True):
    command_id: UUID
    actor: Actor
    job_id: UUID
    posting: JobPosting
    status: JobStatus = "open"

    @property
    def subject(self) -> str:
        return str(self.job_id)
