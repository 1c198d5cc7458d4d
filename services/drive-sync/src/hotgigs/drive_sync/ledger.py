"""What becomes of a file of a sync: pure rules, that also say how a run counts it.

In one run a file counts once for each of its versions: as found, and then as unchanged, synced or not
fetched; or as passed over. What a run has counted and not done with is taken back when the file turns out
otherwise; what it is done with stays.
"""

from typing import Literal
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from hotgigs.contracts.drive_state import PassedOverReason
from hotgigs.drive_sync.sources.entries import PassedOver, SourceFile
from hotgigs.drive_sync.tally import Tally


class LedgerFile(Struct, frozen=True, kw_only=True):
    """``entry`` is what to fetch while it is pending; ``seen_in`` the run that has counted it last, and
    ``not_fetched_in`` the one that tried in vain. The ``submitted_`` ones and ``resume_id`` stay for as long
    as the file is known, wherever it is."""

    file_id: str
    name: str
    state: Literal["pending", "submitted", "passed_over", "gone"]
    reason: PassedOverReason | None = None
    entry: SourceFile | None = None
    revision: str | None = None
    submitted_revision: str | None = None
    submitted_digest: str | None = None
    resume_id: UUID | None = None
    seen_in: UUID | None = None
    not_fetched_in: UUID | None = None


def seen(
    before: LedgerFile | None, entry: SourceFile | PassedOver, tally: Tally, *, run_id: UUID, max_bytes: int
) -> LedgerFile:
    """The file as the source has it now."""
    before = before or LedgerFile(file_id=entry.file_id, name=entry.name, state="gone")
    now = replace(_as_it_is(before, entry, max_bytes), name=entry.name, seen_in=run_id)
    if before.seen_in != run_id:
        _count(now, tally, 1)
    elif not _is_done(before):
        _count(before, tally, -1)
        _count(now, tally, 1)
    elif now.state == "passed_over" or (now.state == "pending" and now.revision != before.revision):
        _count(now, tally, 1)
    return now


def left(before: LedgerFile, tally: Tally, *, run_id: UUID, is_trashed: bool = False) -> LedgerFile:
    """The file when it is not in the folder any more."""
    if before.state == "gone":
        return before
    gone = replace(before, state="gone", reason=None, entry=None)
    if before.seen_in == run_id:
        if _is_done(before):
            return gone
        _count(before, tally, -1)
    if is_trashed:
        tally.passed_over["trashed"] += 1
    return replace(gone, revision=None, seen_in=run_id if is_trashed else None)


def submitted(before: LedgerFile, tally: Tally, *, resume_id: UUID, digest: str, revision: str) -> LedgerFile:
    """The pending file when its content, which is of ``revision``, has become a resume."""
    tally.counts["files_synced"] += 1
    return replace(
        before,
        state="submitted",
        entry=None,
        submitted_revision=revision,
        submitted_digest=digest,
        resume_id=resume_id,
    )


def unchanged(before: LedgerFile, tally: Tally, *, revision: str) -> LedgerFile:
    """The pending file when its content, which is of ``revision``, is what was submitted before."""
    tally.counts["files_unchanged"] += 1
    return replace(before, state="submitted", entry=None, submitted_revision=revision)


def refused(before: LedgerFile, reason: PassedOverReason, tally: Tally) -> LedgerFile:
    """The pending file when its content is nothing to take in."""
    tally.counts["files_found"] -= 1
    tally.passed_over[reason] += 1
    return replace(before, state="passed_over", reason=reason, entry=None)


def not_fetched(before: LedgerFile, tally: Tally, *, run_id: UUID) -> LedgerFile:
    """The pending file when the source has not given it: the next run tries again."""
    tally.counts["files_not_fetched"] += 1
    return replace(before, not_fetched_in=run_id)


def _as_it_is(before: LedgerFile, entry: SourceFile | PassedOver, max_bytes: int) -> LedgerFile:
    if isinstance(entry, PassedOver):
        return replace(
            before, state="passed_over", reason=entry.reason, entry=None, revision=None, not_fetched_in=None
        )
    is_tried = before.not_fetched_in if entry.revision == before.revision else None
    now = replace(before, reason=None, entry=None, revision=entry.revision, not_fetched_in=is_tried)
    if entry.revision == before.submitted_revision:
        return replace(now, state="submitted")
    if entry.size_bytes is None:
        if entry.revision == before.revision and before.reason in ("too_large", "empty"):
            return before
    elif not 0 < entry.size_bytes <= max_bytes:
        reason: PassedOverReason = "too_large" if entry.size_bytes else "empty"
        return replace(now, state="passed_over", reason=reason, not_fetched_in=None)
    return replace(now, state="pending", entry=entry)


def _is_done(file: LedgerFile) -> bool:
    """With a file that the run has counted. A run is done with one that it could not fetch, too."""
    return file.state in ("submitted", "gone") or (
        file.state == "pending" and file.not_fetched_in == file.seen_in
    )


def _count(file: LedgerFile, tally: Tally, more: int) -> None:
    if file.state == "passed_over":
        assert file.reason is not None
        tally.passed_over[file.reason] += more
        return
    tally.counts["files_found"] += more
    if file.state == "submitted":
        tally.counts["files_unchanged"] += more
