"""Who asks for something, as the gateway has authenticated them."""

from typing import Literal
from uuid import UUID

from msgspec import Struct

from hotgigs.contracts.resume_state import MASTER_DATABASE_ID

Role = Literal["candidate", "recruiter", "admin"]


class Actor(Struct, frozen=True, kw_only=True):
    user_id: UUID
    role: Role

    @property
    def database_id(self) -> UUID:
        """The database that this user's uploads go to."""
        return self.user_id if self.role == "recruiter" else MASTER_DATABASE_ID
