"""What a run sees in the folders, put down in the ledger."""

from collections.abc import Collection, Mapping

from msgspec.structs import replace

from hotgigs.drive_sync import erasure_store, file_store, ledger, place_store
from hotgigs.drive_sync.sources.entries import PassedOver, SourceFile
from hotgigs.drive_sync.stepping import RunUnderWay, Step
from hotgigs.filetypes import safe_filename

FileEntry = SourceFile | PassedOver


async def put_down(
    run: RunUnderWay, step: Step, *, seen: Mapping[str, FileEntry], left: Mapping[str, bool]
) -> None:
    """Files by their ids: those that are there, and those that have left, each with whether it is in the
    trash."""
    known = await file_store.load(step.connection, run.sync.sync_id, seen.keys() | left.keys())
    max_bytes = run.resources.settings.upload_max_bytes
    files = [
        ledger.seen(known.get(file_id), entry, step.tally, run_id=run.held.run_id, max_bytes=max_bytes)
        for file_id, entry in seen.items()
    ]
    files += [
        ledger.left(known[file_id], step.tally, run_id=run.held.run_id, is_trashed=is_trashed)
        for file_id, is_trashed in left.items()
        if file_id in known
    ]
    await file_store.keep(step.connection, run.sync.sync_id, files)


async def leave(run: RunUnderWay, step: Step, file_ids: Collection[str]) -> None:
    """Files that have lost a place; those that have another are still there."""
    placed = await place_store.placed_among(step.connection, run.sync.sync_id, file_ids)
    await put_down(run, step, seen={}, left={file_id: False for file_id in file_ids if file_id not in placed})


async def aliases_of_erased(run: RunUnderWay, step: Step, item_ids: Collection[str]) -> dict[str, str]:
    """The items that are files of the erased, and under which ids they are counted: nothing else is kept of
    them."""
    erased = await erasure_store.erased_among(step.connection, run.sync, item_ids)
    await file_store.forget(step.connection, run.sync.sync_id, erased)
    sync = run.sync
    return {
        item_id: f"erased {erasure_store.digest_of(sync.database_id, sync.provider, item_id).hex()}"
        for item_id in erased
    }


def as_kept(entry: FileEntry, aliases: Mapping[str, str]) -> FileEntry:
    """With a name that can be kept, or none if it is of a file of the erased."""
    if alias := aliases.get(entry.file_id):
        return PassedOver(file_id=alias, name="", reason="erased")
    return replace(entry, name=safe_filename(entry.name))
