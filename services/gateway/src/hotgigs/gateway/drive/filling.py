"""Which databases a user may keep folders in sync with; pure."""

from collections.abc import Collection
from uuid import UUID

from hotgigs.contracts.resume_state import MASTER_DATABASE_ID
from hotgigs.gateway.accounts.principal import Role


def filled_by(user_id: UUID, role: Role) -> Collection[UUID]:
    """Who was a recruiter before becoming an admin, with that of then too."""
    match role:
        case "admin":
            return (user_id, MASTER_DATABASE_ID)
        case "recruiter":
            return (user_id,)
        case "candidate":
            return ()
