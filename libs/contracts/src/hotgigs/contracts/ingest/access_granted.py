"""access_granted: candidates were shared with recruiters, or on other conditions."""

from uuid import UUID

from hotgigs.contracts.candidate_state import AccessGrant
from hotgigs.contracts.message import Event


class AccessGrantedV1(Event, frozen=True, kw_only=True):
    """``shares_created`` counts those that were not shared before."""

    grants: tuple[AccessGrant, ...]
    shares_created: int = 0
    command_id: UUID | None = None

    @property
    def subject(self) -> str:
        return str(self.grants[0].candidate_id)
