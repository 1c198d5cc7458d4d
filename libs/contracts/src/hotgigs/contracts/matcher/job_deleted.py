"""job_deleted: a job, its matches and its submissions are gone, and stay gone."""

from uuid import UUID

from hotgigs.contracts.message import Event


class JobDeletedV1(Event, frozen=True, kw_only=True):
    job_id: UUID
    command_id: UUID | None = None

    @property
    def subject(self) -> str:
        return str(self.job_id)
