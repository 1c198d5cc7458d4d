"""What somebody may do with a candidate."""

from collections.abc import Collection
from typing import Literal
from uuid import UUID

from msgspec import Struct

from hotgigs.chassis.database import Connection
from hotgigs.chassis.refused import Refused
from hotgigs.contracts.actor import Actor
from hotgigs.contracts.resume_state import MASTER_DATABASE_ID, ResumeState
from hotgigs.ingest import candidate_store, grant_store
from hotgigs.ingest.candidates import Candidate, Group

Access = Literal["owner", "person", "shared"]
"""``owner``: the database is theirs; ``person``: the candidate is themselves; ``shared``: a recruiter who
was granted it, by a share or by a submission."""


def access_of(actor: Actor, candidate: Candidate, *, is_shared: bool) -> Access | None:
    """None for a stranger. ``is_shared``: whether it is granted to ``actor`` now."""
    match actor.role:
        case "admin":
            return "owner"
        case "recruiter":
            if candidate.database_id == actor.database_id:
                return "owner"
            return "shared" if is_shared else None
        case "candidate":
            return "person" if candidate.user_id == actor.user_id else None


def is_of(actor: Actor, resume: ResumeState) -> bool:
    """Whether the resume is theirs, whosever candidate it leads to. What somebody took in as a recruiter or
    an admin is its database's, and no longer theirs when they are neither."""
    is_in_their_database = actor.role == "recruiter" and resume.database_id == actor.database_id
    is_the_person = resume.database_id == MASTER_DATABASE_ID and resume.source == "candidate_upload"
    return (
        actor.role == "admin"
        or is_in_their_database
        or (is_the_person and resume.owner_user_id == actor.user_id)
    )


class Opened(Struct, frozen=True, kw_only=True):
    """A candidate with its group, and what who opened it may do. The database is locked."""

    group: Group
    access: Access

    @property
    def candidate(self) -> Candidate:
        """The survivor, which is what acts on a merged one are done to."""
        return self.group.survivor

    def only_for(self, *allowed: Access) -> None:
        """Raises Refused for anybody else."""
        if self.access not in allowed:
            raise Refused("forbidden", _FORBIDDEN[self.access])


def require_admin(actor: Actor) -> None:
    """Raises Refused."""
    if actor.role != "admin":
        raise Refused("forbidden", "Only administrators may do this.")


_FORBIDDEN: dict[Access, str] = {
    "owner": "Only the person themselves may do this.",
    "person": "Only recruiters and administrators may do this.",
    "shared": "This candidate is shared with you; only its owner may do this.",
}

NO_SUCH_CANDIDATE = "There is no such candidate."


async def open_candidate(
    connection: Connection, actor: Actor, candidate_id: UUID, *, beside_others: bool = False
) -> Opened:
    """Locks its database, of which the transaction must not have locked any other before. Raises Refused
    where the candidate is not there, or is none of the actor's business.

    ``beside_others``: for what adds to a candidate without changing it, so that many may at once.
    """
    (opened,) = await open_candidates(connection, actor, [candidate_id], beside_others=beside_others)
    return opened


async def open_candidates(
    connection: Connection, actor: Actor, candidate_ids: Collection[UUID], *, beside_others: bool = False
) -> list[Opened]:
    """The groups of all of them, each once. As `open_candidate`, for all or none."""
    databases = await candidate_store.databases_of(connection, candidate_ids)
    await candidate_store.lock_databases(connection, databases.values(), beside_others=beside_others)
    groups = await candidate_store.groups(connection, list(candidate_ids))
    found = {id_ for group in groups for id_ in group.candidates}
    granted = await grant_store.granted_to(connection, [actor], found)
    shared = {link.candidate_id for link in granted}
    opened = []
    for group in groups:
        access = access_of(actor, group.survivor, is_shared=not shared.isdisjoint(group.candidates))
        if access is not None:
            opened.append(Opened(group=group, access=access))
    allowed = {id_ for each in opened for id_ in each.group.candidates}
    if not candidate_ids or not allowed.issuperset(candidate_ids):
        raise Refused("not_found", NO_SUCH_CANDIDATE)
    return opened
