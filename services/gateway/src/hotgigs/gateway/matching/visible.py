"""Whose entries make up what somebody sees of a job's, or a candidate's, matches; pure."""

from typing import Literal
from uuid import UUID

from msgspec import Struct

from hotgigs.contracts.job_state import JobState
from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.candidates.entries import FINDABLE_DATABASE_ID
from hotgigs.gateway.jobs.owning import is_owner
from hotgigs.gateway.visibility import Seen


class Sight(Struct, frozen=True, kw_only=True):
    """``database_ids`` are the databases whose entries are shown, a candidate of several as the first of them
    shows it; None for each candidate's own. ``viewer_id`` is the database whose looks at a match are told;
    None for that of the job's owner."""

    about: Literal["job", "candidate"]
    about_id: UUID
    database_ids: tuple[UUID, ...] | None
    viewer_id: UUID | None


def sight_of_job(job: JobState, principal: Principal) -> Sight:
    """Who owns the job sees no more of other databases than anybody else does, and those who let themselves
    be found."""
    own: tuple[UUID, ...] = (principal.database_id,)
    if is_owner(job, principal):
        own += (FINDABLE_DATABASE_ID,)
    return Sight(
        about="job",
        about_id=job.job_id,
        database_ids=None if principal.is_admin else own,
        viewer_id=_viewer_id(principal),
    )


def sight_of_candidate(seen: Seen, principal: Principal) -> Sight:
    return Sight(
        about="candidate",
        about_id=seen.candidate_id,
        database_ids=(seen.shown_database_id,),
        viewer_id=_viewer_id(principal),
    )


def sight_of_own(principal: Principal) -> Sight:
    """Of what is no job yet: the candidates that the caller sees, whatever he posts."""
    return Sight(
        about="job",
        about_id=principal.user_id,
        database_ids=None if principal.is_admin else (principal.database_id,),
        viewer_id=_viewer_id(principal),
    )


def _viewer_id(principal: Principal) -> UUID | None:
    return principal.database_id if principal.role == "recruiter" else None
