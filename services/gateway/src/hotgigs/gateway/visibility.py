"""Who sees which candidate, as the entries of the databases say. None commits."""

from uuid import UUID

from msgspec import Struct

from hotgigs.chassis.database import Connection
from hotgigs.contracts.resume_state import MASTER_DATABASE_ID
from hotgigs.gateway.accounts.principal import Principal, Role
from hotgigs.gateway.status import Row


class Seen(Struct, frozen=True, kw_only=True):
    """A candidate as one user sees it."""

    candidate_id: UUID
    """That stands: of a merged one it is the candidate that it was merged into."""
    database_id: UUID
    """The candidate's own."""
    shown_database_id: UUID
    """The database whose entry is shown: the viewer's, or the candidate's own."""
    is_owner: bool
    """The candidate is of the viewer's database, or the viewer is an admin or the person it tells of."""
    can_view_contact_info: bool
    can_download_resume: bool
    can_submit_to_jobs: bool


WHOSE: dict[Role, str] = {
    "recruiter": "entries.database_id = $2",
    "admin": "entries.is_own AND $2::uuid IS NOT NULL",
    "candidate": "entries.is_own AND entries.user_id = $2",
}
"""By the role of the user $2, which rows of `entries` are for him."""
_SEEN = {
    role: "SELECT entries.candidate_id, asked.database_id, entries.database_id AS shown_database_id,"  # noqa: S608 - our own
    "  is_own AS is_owner, can_view_contact_info, can_download_resume, can_submit_to_jobs"
    " FROM candidates AS asked JOIN entries ON entries.candidate_id = asked.survivor_id"
    f" WHERE asked.candidate_id = $1 AND {whose}"
    for role, whose in WHOSE.items()
}


async def candidate_seen_by(connection: Connection, principal: Principal, candidate_id: UUID) -> Seen | None:
    """None for what is not there, and for what ``principal`` is not to know of."""
    row = await connection.fetchrow(_SEEN[principal.role], candidate_id, principal.user_id)
    return None if row is None else Seen(**row)


def is_own_resume(row: Row, principal: Principal) -> bool:
    """Whether a resume is theirs, whosever candidate it leads to. What somebody took in as a recruiter or an
    admin is its database's, and no longer theirs when they are neither."""
    if principal.is_admin:
        return True
    if principal.role == "recruiter" and row["database_id"] == principal.database_id:
        return True
    is_the_person = row["database_id"] == MASTER_DATABASE_ID and row["source"] == "candidate_upload"
    return bool(is_the_person and row["owner_user_id"] == principal.user_id)
