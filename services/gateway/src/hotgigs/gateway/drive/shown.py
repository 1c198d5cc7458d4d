"""Syncs and their runs as they are answered; pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from hotgigs.contracts.drive_state import (
    DriveFileError,
    DriveRunState,
    DriveSyncState,
    PassedOverReason,
    Provider,
    RunStatus,
    SyncFrequency,
)


class ShownSync(Struct, kw_only=True):
    """`next_sync_at` is null for a manual one, and for one that is switched off. The totals count files over
    all runs. `last_error` is why the last run failed, and what to do about it."""

    id: UUID
    folder_id: str
    folder_name: str
    is_active: bool
    sync_frequency: SyncFrequency
    last_sync_at: datetime | None
    next_sync_at: datetime | None
    total_files_synced: int
    total_files_processed: int
    total_files_failed: int
    created_at: datetime
    last_error: str | None
    provider: Provider


class ShownFileError(Struct, kw_only=True):
    """`file_name` is null where nobody knows it any more."""

    file_id: str
    file_name: str | None
    resume_id: UUID | None
    reason: str
    at: datetime


class ShownRun(Struct, kw_only=True):
    """One pass over a folder (`full`), or over what has changed in it (`changes`).

    Of the `files_found`, those `files_unchanged` are resumes already, `files_synced` have become some in this
    run, `files_not_fetched` are tried again in the next, and `files_waiting` are to come. Of those synced,
    `files_processed` are candidates, `files_failed` could not be read, and `files_in_processing` are being
    read. `passed_over` counts what is not fetched, by its reason, apart from those found. `errors` are the
    newest 100 of `error_count`."""

    run_id: UUID
    sync_id: UUID
    status: RunStatus
    trigger: Literal["schedule", "manual"]
    kind: Literal["full", "changes"] | None
    progress_percentage: int
    files_found: int
    files_unchanged: int
    files_synced: int
    files_processed: int
    files_failed: int
    files_not_fetched: int
    files_waiting: int
    files_in_processing: int
    files_passed_over: int
    passed_over: dict[PassedOverReason, int]
    errors: list[ShownFileError]
    error_count: int
    error_message: str | None
    requested_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


def shown_sync(sync: DriveSyncState) -> ShownSync:
    return ShownSync(
        id=sync.sync_id,
        folder_id=sync.folder_id,
        folder_name=sync.folder_name,
        is_active=sync.is_active,
        sync_frequency=sync.frequency,
        last_sync_at=sync.last_sync_at,
        next_sync_at=sync.next_sync_at,
        total_files_synced=sync.total_files_synced,
        total_files_processed=sync.total_files_processed,
        total_files_failed=sync.total_files_failed,
        created_at=sync.created_at,
        last_error=sync.last_error,
        provider=sync.provider,
    )


def shown_run(run: DriveRunState, file_names: Mapping[UUID, str]) -> ShownRun:
    """``file_names`` by resume."""
    done = run.files_unchanged + run.files_synced + run.files_not_fetched
    return ShownRun(
        run_id=run.run_id,
        sync_id=run.sync_id,
        status=run.status,
        trigger=run.trigger,
        kind=run.kind,
        progress_percentage=_percentage(run, done),
        files_found=run.files_found,
        files_unchanged=run.files_unchanged,
        files_synced=run.files_synced,
        files_processed=run.files_processed,
        files_failed=run.files_failed,
        files_not_fetched=run.files_not_fetched,
        files_waiting=max(run.files_found - done, 0),
        files_in_processing=max(run.files_synced - run.files_processed - run.files_failed, 0),
        files_passed_over=sum(run.passed_over.values()),
        passed_over=run.passed_over,
        errors=[_shown_error(error, file_names) for error in run.errors],
        error_count=run.error_count,
        error_message=run.error_message,
        requested_at=run.requested_at,
        started_at=run.started_at,
        ended_at=run.ended_at,
    )


def _shown_error(error: DriveFileError, file_names: Mapping[UUID, str]) -> ShownFileError:
    file_name = error.file_name if error.resume_id is None else file_names.get(error.resume_id)
    return ShownFileError(
        file_id=error.file_id,
        file_name=file_name,
        resume_id=error.resume_id,
        reason=error.reason,
        at=error.at,
    )


def _percentage(run: DriveRunState, done: int) -> int:
    """100 when it is completed, and not before."""
    if run.status == "completed":
        return 100
    return min(100 * done // run.files_found, 99) if run.files_found else 0
