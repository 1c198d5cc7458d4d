"""preview_matches: what a posting would match in one database, of which nothing is kept."""

from uuid import UUID

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.job_state import JobPosting
from hotgigs.contracts.message import Command


class PreviewMatchesV1(Command, frozen=True, kw_only=True):
    """Of the candidates that the actor's database shows; of all, for an admin."""

    command_id: UUID
    actor: Actor
    posting: JobPosting
    min_score: float = 0.0
    limit: int = 20

    @property
    def subject(self) -> str:
        return str(self.command_id)
