"""share_candidates: share candidates with recruiters, all or none."""

from uuid import UUID

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.message import Command


class ShareCandidatesV1(Command, frozen=True, kw_only=True):
    """Every candidate with every recruiter. The gateway has seen that the recruiters exist."""

    command_id: UUID
    actor: Actor
    candidate_ids: tuple[UUID, ...]
    recruiter_ids: tuple[UUID, ...]
    can_view_contact_info: bool
    can_download_resume: bool
    can_submit_to_jobs: bool
    share_reason: str | None = None
    share_notes: str | None = None

    @property
    def subject(self) -> str:
        return str(self.command_id)
