"""access_granted: recruiters may see a candidate of another's, or on other conditions."""

from uuid import UUID

from hotgigs.contracts.candidate_state import AccessGrant
from hotgigs.contracts.message import Event


class AccessGrantedV1(Event, frozen=True, kw_only=True):
    """``grants`` are of one candidate. ``shares_created`` counts all pairs that the command shared and that
    were not shared before, those of its other events too: it is the same in each of them."""

    grants: tuple[AccessGrant, ...]
    shares_created: int = 0
    command_id: UUID | None = None

    @property
    def subject(self) -> str:
        return str(self.grants[0].candidate_id)
