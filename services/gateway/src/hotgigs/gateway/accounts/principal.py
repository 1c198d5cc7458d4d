"""Who asks."""

from typing import Literal
from uuid import UUID

from msgspec import Struct

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.resume_state import MASTER_DATABASE_ID

Role = Literal["candidate", "recruiter", "admin"]


class Principal(Struct, frozen=True, kw_only=True):
    """``session_id`` is None for API keys and for tokens of an outside issuer."""

    user_id: UUID
    role: Role
    session_id: UUID | None = None

    @property
    def is_admin(self) -> bool:
        return self.role == "admin"

    @property
    def actor(self) -> Actor:
        """As others are told who asks."""
        return Actor(user_id=self.user_id, role=self.role)

    @property
    def database_id(self) -> UUID:
        """The database that this user's uploads go to."""
        return self.user_id if self.role == "recruiter" else MASTER_DATABASE_ID
