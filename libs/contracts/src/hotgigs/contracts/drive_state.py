"""The public state of folders that are kept in sync, and of their runs, as drive-sync tells it."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

Provider = Literal["google_drive", "watched_folder"]
"""Whose files: those of a folder in Google Drive, or of a folder that the operator has named."""
SyncFrequency = Literal["daily", "weekly", "manual"]
RunStatus = Literal["queued", "running", "completed", "failed", "cancelled"]
PassedOverReason = Literal[
    "wrong_type", "too_large", "empty", "trashed", "shortcut", "not_downloadable", "erased"
]
"""Why a file in the folder is not fetched. ``shortcut``: to a folder, or to what cannot be seen; ``erased``:
somebody whose resume it was has been erased, so that it is not taken in again."""

MOST_ERRORS = 100
"""Of a run's errors that are told; ``error_count`` counts all."""


class DriveSyncState(Struct, frozen=True, kw_only=True):
    """``version`` grows with every change; a projection keeps the newest. The totals count files over all
    runs: a file that changed counts again."""

    sync_id: UUID
    version: int
    owner_user_id: UUID
    database_id: UUID
    """The one that its candidates go to: the owner's own, or the master database."""
    provider: Provider
    folder_id: str
    folder_name: str
    frequency: SyncFrequency
    is_active: bool
    last_sync_at: datetime | None = None
    """When a run last completed."""
    next_sync_at: datetime | None = None
    """None for a manual one, and for one that is switched off."""
    total_files_synced: int = 0
    """Submitted as resumes."""
    total_files_processed: int = 0
    """Of these, how many have become candidates."""
    total_files_failed: int = 0
    """Of these, how many could not be read."""
    last_error: str | None = None
    """Why the last run failed and what the owner can do about it; None once a run has completed."""
    created_at: datetime
    updated_at: datetime


class DriveFileError(Struct, frozen=True, kw_only=True):
    """A file that did not become a candidate. ``file_name`` is None where ``resume_id`` names a resume, which
    has the name."""

    file_id: str
    file_name: str | None = None
    resume_id: UUID | None = None
    reason: str
    at: datetime


class DriveRunState(Struct, frozen=True, kw_only=True):
    """One pass over the folder, or over what has changed in it. ``version`` grows with every word of it, also
    after its end: the parser may still be at work then."""

    run_id: UUID
    sync_id: UUID
    version: int
    trigger: Literal["schedule", "manual"]
    kind: Literal["full", "changes"] | None = None
    """None until it is known."""
    status: RunStatus
    files_found: int = 0
    """That are new, have changed or are as they were; those passed over are not among them."""
    files_unchanged: int = 0
    files_synced: int = 0
    files_processed: int = 0
    files_failed: int = 0
    """Of those synced, how many could not be read."""
    files_not_fetched: int = 0
    """That the source did not give in this run; the next tries again."""
    passed_over: dict[PassedOverReason, int] = {}
    errors: tuple[DriveFileError, ...] = ()
    """The newest first, at most `MOST_ERRORS`."""
    error_count: int = 0
    error_message: str | None = None
    """Why the run failed or was cancelled."""
    requested_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None
