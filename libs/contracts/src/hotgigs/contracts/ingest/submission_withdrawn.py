"""submission_withdrawn: a candidate is submitted to a job no more, for good."""

from uuid import UUID

from hotgigs.contracts.message import Event


class SubmissionWithdrawnV1(Event, frozen=True, kw_only=True):
    submission_id: UUID
    job_id: UUID
    candidate_id: UUID
    database_id: UUID
    """The candidate's."""
    command_id: UUID | None = None

    @property
    def subject(self) -> str:
        return str(self.candidate_id)
