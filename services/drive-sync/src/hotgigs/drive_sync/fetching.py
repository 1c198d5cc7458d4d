"""Fetching what is pending, some files at once: each becomes a resume, or the ledger says why not."""

import asyncio
from datetime import UTC, datetime
from uuid import UUID

from obstore.store import ObjectStore
from uuid_utils.compat import uuid7

from hotgigs.contracts.drive_state import DriveFileError, PassedOverReason
from hotgigs.contracts.drive_sync.drive_file_fetched import DriveFileFetchedV1
from hotgigs.drive_sync import content, file_store, import_store, ledger, run_errors, seeing
from hotgigs.drive_sync.content import Fetched, Known, TooLarge
from hotgigs.drive_sync.ledger import LedgerFile
from hotgigs.drive_sync.pending_files import PendingFiles
from hotgigs.drive_sync.run_store import RunOver
from hotgigs.drive_sync.sources.errors import FileGone, FileUnavailable, NotDownloadable
from hotgigs.drive_sync.stepping import RunUnderWay, Step
from hotgigs.filetypes import Empty

Outcome = Fetched | Known | FileGone | FileUnavailable | NotDownloadable | TooLarge | Empty
"""Of a fetch."""


async def fetch_pending(run: RunUnderWay) -> None:
    """Also what runs before have left. Raises GrantEnded, SourceAway and RunOver, with no more under way;
    and what is raised where the database or the object store is away."""
    async with run.step() as step:
        step.tally.counts["files_found"] += await file_store.take_up_pending(step.connection, run.held)
    files = PendingFiles(run)
    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(run.resources.settings.drive_files_at_once):
                group.create_task(_work(run, files))
    except BaseExceptionGroup as errors:
        raise errors.exceptions[0] from None


async def _work(run: RunUnderWay, files: PendingFiles) -> None:
    while file := await files.next():
        await _fetch(run, file)
        files.done()


async def _fetch(run: RunUnderWay, file: LedgerFile) -> None:
    assert file.entry is not None
    resume_id = uuid7()
    blobs = run.resources.blobs
    outcome: Outcome
    try:
        outcome = await content.fetch(
            run.source,
            file.entry,
            blobs,
            resume_id=resume_id,
            max_bytes=run.resources.settings.upload_max_bytes,
            known_digest=file.submitted_digest,
        )
    except (FileGone, FileUnavailable, NotDownloadable, TooLarge, Empty) as err:
        outcome = err
    try:
        is_kept = await _put_down(run, file, resume_id, outcome)
    except RunOver:
        await _delete(outcome, blobs)
        raise
    # Whatever else is raised, such as by a connection lost in a commit, leaves open whether it is a resume
    # now: what is nobody's is swept later.
    if not is_kept:
        await _delete(outcome, blobs)


async def _delete(outcome: Outcome, blobs: ObjectStore) -> None:
    if isinstance(outcome, Fetched) and outcome.file:
        await content.delete(blobs, outcome.file.blob_key)


async def _put_down(run: RunUnderWay, file: LedgerFile, resume_id: UUID, outcome: Outcome) -> bool:
    """Whether it has become a resume."""
    async with run.step() as step:
        aliases = await seeing.aliases_of_erased(run, step, {file.file_id})
        current = await file_store.load(step.connection, run.sync.sync_id, {file.file_id})
        if aliases or file.file_id not in current:
            step.tally.counts["files_found"] -= 1
            step.tally.passed_over["erased"] += 1
            return False
        now = _become(run, step, file, resume_id, outcome)
        await file_store.keep(step.connection, run.sync.sync_id, [now])
        if isinstance(outcome, Fetched):
            await import_store.add(step.connection, run.held, resume_id=resume_id, file_id=file.file_id)
            step.uow.publish(_told(run, file, resume_id, outcome))
        if isinstance(outcome, FileUnavailable):
            error = DriveFileError(
                file_id=file.file_id, file_name=file.name, reason=str(outcome), at=datetime.now(UTC)
            )
            await run_errors.add(step.connection, run.held.run_id, [error])
    return isinstance(outcome, Fetched)


def _become(run: RunUnderWay, step: Step, file: LedgerFile, resume_id: UUID, outcome: Outcome) -> LedgerFile:
    match outcome:
        case Known(revision=revision):
            return ledger.unchanged(file, step.tally, revision=revision)
        case Fetched(digest=digest, revision=revision):
            return ledger.submitted(file, step.tally, resume_id=resume_id, digest=digest, revision=revision)
        case FileGone():
            return ledger.left(file, step.tally, run_id=run.held.run_id)
        case FileUnavailable():
            return ledger.not_fetched(file, step.tally, run_id=run.held.run_id)
        case NotDownloadable() | TooLarge() | Empty():
            return ledger.refused(file, _REASONS[type(outcome)], step.tally)


_REASONS: dict[type[Exception], PassedOverReason] = {
    NotDownloadable: "not_downloadable",
    TooLarge: "too_large",
    Empty: "empty",
}


def _told(run: RunUnderWay, file: LedgerFile, resume_id: UUID, fetched: Fetched) -> DriveFileFetchedV1:
    return DriveFileFetchedV1(
        resume_id=resume_id,
        replaces_resume_id=file.resume_id,
        sync_id=run.sync.sync_id,
        owner_user_id=run.sync.owner_user_id,
        database_id=run.sync.database_id,
        source=run.provider.resume_source,
        filename=fetched.filename,
        file=fetched.file,
        refusal=fetched.refusal,
    )
