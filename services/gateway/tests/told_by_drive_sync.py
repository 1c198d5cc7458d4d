"""What drive-sync tells of syncs and their runs, for tests of what the gateway makes of it."""

from datetime import timedelta
from typing import Any

import msgspec
from told import NOW, OWNER, an_id

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.drive_state import DriveFileError, DriveRunState, DriveSyncState
from hotgigs.contracts.drive_sync.drive_run_progressed import DriveRunProgressedV1
from hotgigs.contracts.drive_sync.drive_sync_changed import DriveSyncChangedV1


def sync(name: str, *, owner: Actor = OWNER, version: int = 1, **changes: Any) -> DriveSyncState:
    """Daily; the greater the version the later it was changed."""
    state = DriveSyncState(
        sync_id=an_id(name),
        version=version,
        owner_user_id=owner.user_id,
        database_id=owner.database_id,
        provider="google_drive",
        folder_id=f"folder_{name}",
        folder_name="Resumes 2025",
        frequency="daily",
        is_active=True,
        next_sync_at=NOW + timedelta(days=1),
        created_at=NOW,
        updated_at=NOW + timedelta(minutes=version),
    )
    return msgspec.structs.replace(state, **changes)


def run(name: str, *, of: str = "sync", version: int = 1, **changes: Any) -> DriveRunState:
    """Queued by hand."""
    state = DriveRunState(
        run_id=an_id(f"run {name}"),
        sync_id=an_id(of),
        version=version,
        trigger="manual",
        status="queued",
        requested_at=NOW,
    )
    return msgspec.structs.replace(state, **changes)


def file_error(name: str, *, is_of_a_resume: bool = False) -> DriveFileError:
    """Of a file that was not fetched; or of ``name``'s resume, which could not be read."""
    return DriveFileError(
        file_id=f"file_{name}",
        file_name=None if is_of_a_resume else f"{name}.pdf",
        resume_id=an_id(f"resume of {name}") if is_of_a_resume else None,
        reason="It is a scan." if is_of_a_resume else "Google Drive did not give it.",
        at=NOW,
    )


def changed(name: str, **changes: Any) -> DriveSyncChangedV1:
    return DriveSyncChangedV1(sync=sync(name, **changes))


def progressed(name: str, **changes: Any) -> DriveRunProgressedV1:
    return DriveRunProgressedV1(run=run(name, **changes))
