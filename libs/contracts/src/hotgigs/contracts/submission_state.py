"""A candidate that somebody submitted to a job, as ingest tells it."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct


class SubmissionState(Struct, frozen=True, kw_only=True):
    """It never changes; it is made and withdrawn. The job's owner sees the candidate with the permissions
    that the submitter has."""

    submission_id: UUID
    job_id: UUID
    job_owner_id: UUID
    candidate_id: UUID
    database_id: UUID
    """The candidate's."""
    submitted_by: UUID
    note: str = ""
    submitted_at: datetime
