"""access_revoked: a recruiter may not see a candidate of another's any more."""

from uuid import UUID

from hotgigs.contracts.message import Event


class AccessRevokedV1(Event, frozen=True, kw_only=True):
    candidate_id: UUID
    database_id: UUID
    recruiter_id: UUID
    version: int
    command_id: UUID | None = None

    @property
    def subject(self) -> str:
        return str(self.candidate_id)
