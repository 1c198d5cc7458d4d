"""What a resume's and a batch's status are; pure."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal, Protocol
from uuid import UUID

from msgspec import Struct

BatchStatus = Literal["queued", "processing", "completed", "failed"]
Status = Literal["uploaded", "processing", "completed", "failed"]


class Row(Protocol):
    """A row by column names."""

    def __getitem__(self, column: str, /) -> Any: ...


class ResumeStatus(Struct, frozen=True, kw_only=True, omit_defaults=True):
    resume_id: UUID
    status: Status
    progress_percentage: int
    current_step: str
    error_message: str | None
    processing_started_at: datetime | None
    processing_completed_at: datetime | None
    candidate_id: UUID | None = None
    """The candidate that it made or that it is a resume of, when it is completed."""
    duplicate_of: UUID | None = None
    """The first resume with the same file, where its uploader had put it into the same database before."""

    @property
    def has_ended(self) -> bool:
        return self.status in ("completed", "failed")


def status_of(row: Row) -> ResumeStatus:
    """Of a row of `store.resume`. Ingest says how it ended; until then the parser says how far it is. It has
    ended when its candidate is shown, so that who then looks for the candidate finds it."""
    status: Status
    ended_at = row["processing_completed_at"]
    match row["status"]:
        case "completed" if not row["is_shown"]:
            status, percentage, step, ended_at = "processing", 95, "Adding to the database", None
        case "completed":
            status, percentage, step = "completed", 100, "Completed"
        case "failed":
            status, percentage, step = "failed", row["percentage"] or 0, row["step"] or "Checking the file"
        case _ if row["step"] is not None:
            status, percentage, step = "processing", row["percentage"], row["step"]
        case _:
            status, percentage, step = "uploaded", 0, "Waiting for processing"
    return ResumeStatus(
        resume_id=row["resume_id"],
        status=status,
        progress_percentage=percentage,
        current_step=step,
        error_message=row["error_message"],
        processing_started_at=row["processing_started_at"] or row["begun_at"],
        processing_completed_at=ended_at,
        candidate_id=row["candidate_id"] if row["is_shown"] else None,
        duplicate_of=row["duplicate_of"],
    )


class BatchResume(Struct, frozen=True, kw_only=True, omit_defaults=True):
    resume_id: UUID
    filename: str
    status: Status
    error_message: str | None
    candidate_id: UUID | None
    duplicate_of: UUID | None = None
    """As in a resume's status."""


class BatchProgress(Struct, frozen=True, kw_only=True):
    """``processing`` counts all that have not ended, those that still wait included."""

    batch_id: UUID
    total_files: int
    completed: int
    failed: int
    processing: int
    status: BatchStatus
    created_at: datetime
    resumes: list[BatchResume]


def batch_progress_of(batch: Row, rows: Sequence[Row]) -> BatchProgress:
    """Of rows of `store.batch` and `store.batch_resumes`."""
    resumes = [
        BatchResume(
            resume_id=row["resume_id"],
            filename=row["filename"],
            status=_status_in_batch(row),
            error_message=row["error_message"],
            candidate_id=row["candidate_id"],
            duplicate_of=row["duplicate_of"],
        )
        for row in rows
    ]
    completed = sum(resume.status == "completed" for resume in resumes)
    failed = sum(resume.status == "failed" for resume in resumes)
    waiting = len(resumes) - completed - failed
    has_begun = completed > 0 or any(resume.status == "processing" for resume in resumes)
    return BatchProgress(
        batch_id=batch["batch_id"],
        total_files=len(resumes),
        completed=completed,
        failed=failed,
        processing=waiting,
        status=_batch_status(completed, failed, waiting, has_begun=has_begun),
        created_at=batch["created_at"],
        resumes=resumes,
    )


def _status_in_batch(row: Row) -> Status:
    if row["status"] == "completed":
        return "completed" if row["is_shown"] else "processing"
    status: Status = row["status"]
    return "processing" if status == "uploaded" and row["step"] is not None else status


def _batch_status(completed: int, failed: int, waiting: int, *, has_begun: bool) -> BatchStatus:
    if waiting:
        return "processing" if has_begun else "queued"
    return "failed" if failed and not completed else "completed"
