"""job_posted: a job is there for the first time."""

from uuid import UUID

from hotgigs.contracts.job_state import JobState
from hotgigs.contracts.message import Event


class JobPostedV1(Event, frozen=True, kw_only=True):
    job: JobState
    command_id: UUID | None = None

    @property
    def subject(self) -> str:
        return str(self.job.job_id)
