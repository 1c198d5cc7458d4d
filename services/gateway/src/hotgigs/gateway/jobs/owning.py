"""Whose a job is; pure."""

from hotgigs.contracts.job_state import JobState
from hotgigs.gateway.accounts.principal import Principal


def is_owner(job: JobState, principal: Principal) -> bool:
    """Or an admin. Who is a recruiter no more owns no job."""
    return principal.is_admin or (principal.role == "recruiter" and job.owner_user_id == principal.user_id)
