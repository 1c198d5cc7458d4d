"""consent_changed: a person lets themselves be found by jobs' owners, or no more."""

from uuid import UUID

from hotgigs.contracts.message import Event


class ConsentChangedV1(Event, frozen=True, kw_only=True):
    """``version`` grows with every change of the consent."""

    candidate_id: UUID
    database_id: UUID
    version: int
    can_be_found: bool
    command_id: UUID | None = None

    @property
    def subject(self) -> str:
        return str(self.candidate_id)
