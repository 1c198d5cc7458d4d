"""user_changed: an admin gave an account another role, suspended it or let it in again."""

from uuid import UUID

from hotgigs.contracts.actor import Role
from hotgigs.contracts.message import Event


class UserChangedV1(Event, frozen=True, kw_only=True):
    """``version`` grows with every change of the account."""

    user_id: UUID
    version: int
    role: Role
    is_active: bool

    @property
    def subject(self) -> str:
        return str(self.user_id)
