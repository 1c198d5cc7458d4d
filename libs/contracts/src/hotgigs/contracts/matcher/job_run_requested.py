"""job_run_requested: a job waits to be matched with all candidates. To the matcher itself."""

from uuid import UUID

from hotgigs.contracts.message import Event


class JobRunRequestedV1(Event, frozen=True, kw_only=True):
    run_id: UUID
    job_id: UUID

    @property
    def subject(self) -> str:
        return str(self.job_id)
