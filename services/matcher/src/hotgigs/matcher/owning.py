"""Who may change a job."""

from hotgigs.chassis.refused import Refused
from hotgigs.contracts.actor import Actor
from hotgigs.contracts.job_state import JobState

NO_SUCH_JOB = "There is no such job."


def may_see(actor: Actor, job: JobState) -> bool:
    return job.status == "open" or _is_of(actor, job)


def require_owner(actor: Actor, job: JobState | None) -> JobState:
    """Raises Refused: for a stranger a closed job is not there."""
    if job is None or not may_see(actor, job):
        raise Refused("not_found", NO_SUCH_JOB)
    if not _is_of(actor, job):
        raise Refused("forbidden", "Only the job's owner may do this.")
    return job


def _is_of(actor: Actor, job: JobState) -> bool:
    is_owner = actor.role == "recruiter" and job.owner_user_id == actor.user_id
    return actor.role == "admin" or is_owner
