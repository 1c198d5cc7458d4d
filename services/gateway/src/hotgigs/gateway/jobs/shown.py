"""A job as it is answered."""

from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from hotgigs.contracts.job_state import EducationLevel, JobPosting, JobState, JobStatus, MatchWeights


class ShownJob(Struct, kw_only=True):
    """``weights`` are the job's own, their sum 1; null where those of the system count."""

    job_id: UUID
    title: str
    company_name: str | None
    location: str | None
    remote: bool
    description: str
    required_skills: tuple[str, ...]
    preferred_skills: tuple[str, ...]
    min_years: float | None
    max_years: float | None
    education_level: EducationLevel
    weights: MatchWeights | None
    status: JobStatus
    owner_user_id: UUID
    created_at: datetime
    updated_at: datetime


def shown_job(job: JobState) -> ShownJob:
    asked = {name: getattr(job.posting, name) for name in JobPosting.__struct_fields__}
    told = {name: getattr(job, name) for name in ShownJob.__struct_fields__ if name not in asked}
    return msgspec.convert(asked | told, ShownJob, from_attributes=True)
