"""The public state of one resume, as its owner, ingest, tells it in every event about it."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

Source = Literal["candidate_upload", "resume_import", "bulk_upload", "google_drive", "admin_share"]
ResumeStatus = Literal["uploaded", "completed", "failed"]

MASTER_DATABASE_ID = UUID("00000000-0000-7000-8000-000000000001")
"""The admins' master database, which candidates' own uploads go to. A recruiter's database has the
recruiter's user id."""


class StoredFile(Struct, frozen=True, kw_only=True):
    """A file in the object store (claim check): messages carry its key, never its bytes."""

    blob_key: str
    media_type: str
    size_bytes: int
    sha256: str
    """Hexadecimal, of the whole file."""


class ResumeState(Struct, frozen=True, kw_only=True):
    """``version`` grows with every change of the resume; a projection keeps the newest.

    ``status`` has no "processing": that a parser is at work is the parser's to say (parse_progressed),
    for the ``attempt`` that is named there.
    """

    resume_id: UUID
    version: int
    attempt: int
    owner_user_id: UUID
    database_id: UUID
    batch_id: UUID | None = None
    source: Source
    filename: str
    file: StoredFile | None = None
    """None for a file that was refused, which is never stored."""
    status: ResumeStatus
    error_message: str | None = None
    candidate_id: UUID | None = None
    received_at: datetime
    processing_started_at: datetime | None = None
    processing_completed_at: datetime | None = None
