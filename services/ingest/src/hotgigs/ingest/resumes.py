"""How a resume's state changes; nothing here reads or writes anything."""

from datetime import datetime
from uuid import UUID

import msgspec

from hotgigs.chassis.refused import Refused
from hotgigs.contracts.drive_sync.drive_file_fetched import DriveFileFetchedV1
from hotgigs.contracts.gateway.submit_batch import SubmitBatchV1
from hotgigs.contracts.gateway.submit_resume import SubmitResumeV1
from hotgigs.contracts.resume_state import ResumeState, StoredFile


def received(command: SubmitResumeV1, now: datetime) -> ResumeState:
    return _first_state(command, command.resume_id, command.filename, now, file=command.file)


def received_batch(command: SubmitBatchV1, now: datetime) -> list[ResumeState]:
    """One resume for every file, in order; a refused one has failed from the start."""
    return [
        msgspec.structs.replace(
            _first_state(command, each.resume_id, each.filename, now, file=each.file),
            batch_id=command.batch_id,
            error_message=each.refusal,
        )
        for each in command.files
    ]


def fetched(event: DriveFileFetchedV1, now: datetime) -> ResumeState:
    """One that was refused has failed from the start."""
    state = _first_state(event, event.resume_id, event.filename, now, file=event.file)
    return msgspec.structs.replace(state, error_message=event.refusal if event.file is None else None)


def _first_state(
    command: SubmitResumeV1 | SubmitBatchV1 | DriveFileFetchedV1,
    resume_id: UUID,
    filename: str,
    now: datetime,
    *,
    file: StoredFile | None,
) -> ResumeState:
    return ResumeState(
        resume_id=resume_id,
        version=1,
        attempt=1,
        owner_user_id=command.owner_user_id,
        database_id=command.database_id,
        source=command.source,
        filename=filename,
        file=file,
        status="failed" if file is None else "uploaded",
        received_at=now,
        processing_completed_at=now if file is None else None,
    )


def awaits(resume: ResumeState, attempt: int) -> bool:
    """Whether the outcome of ``attempt`` is news: not of an earlier attempt, and not known already."""
    return resume.status == "uploaded" and resume.attempt == attempt


def completed(
    resume: ResumeState, *, candidate_id: UUID, started_at: datetime, finished_at: datetime
) -> ResumeState:
    return msgspec.structs.replace(
        resume,
        version=resume.version + 1,
        status="completed",
        candidate_id=candidate_id,
        error_message=None,
        processing_started_at=started_at,
        processing_completed_at=finished_at,
    )


def failed(resume: ResumeState, *, reason: str, started_at: datetime, finished_at: datetime) -> ResumeState:
    return msgspec.structs.replace(
        resume,
        version=resume.version + 1,
        status="failed",
        error_message=reason,
        processing_started_at=started_at,
        processing_completed_at=finished_at,
    )


def tried_again(resume: ResumeState) -> ResumeState:
    """The resume waiting for its next attempt. Raises Refused where there is nothing to try again."""
    match resume.status:
        case "completed":
            raise Refused("conflict", "This resume has been read; there is nothing to try again.")
        case "uploaded":
            raise Refused("conflict", "This resume is being read already.")
    if resume.file is None:
        raise Refused("conflict", "This file was refused and is not kept; please upload it again.")
    return msgspec.structs.replace(
        resume,
        version=resume.version + 1,
        attempt=resume.attempt + 1,
        status="uploaded",
        error_message=None,
        processing_started_at=None,
        processing_completed_at=None,
    )
