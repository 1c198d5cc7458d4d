"""submit_candidate: submit a candidate to a job."""

from uuid import UUID

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.message import Command


class SubmitCandidateV1(Command, frozen=True, kw_only=True):
    """The gateway has seen that the job is open, and whose it is."""

    command_id: UUID
    actor: Actor
    submission_id: UUID
    job_id: UUID
    job_owner_id: UUID
    job_database_id: UUID
    """The owner's: a recruiter's own, or the master database."""
    candidate_id: UUID
    note: str = ""

    @property
    def subject(self) -> str:
        return str(self.candidate_id)
