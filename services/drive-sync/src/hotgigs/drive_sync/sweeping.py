"""Listing folders, page by page: the effect of a page and the way to the next are one step."""

from hotgigs.drive_sync import file_store, folder_store, ledger, place_store, seeing
from hotgigs.drive_sync.folder_store import UnlistedFolder
from hotgigs.drive_sync.place_store import Place
from hotgigs.drive_sync.seeing import FileEntry
from hotgigs.drive_sync.sources.entries import Page, SourceFile, SourceFolder
from hotgigs.drive_sync.sources.errors import CursorLost, FolderUnavailable
from hotgigs.drive_sync.stepping import RunUnderWay

CHUNK = 500
"""Files of which it is put down at once that they have left."""


async def begin(run: RunUnderWay) -> None:
    """Everything is to be listed anew. The cursor is taken before, so that no change is missed. Raises what
    `Source.cursor` raises."""
    next_cursor = await run.source.cursor()
    async with run.step() as step:
        await folder_store.begin(step.connection, run.sync)
        step.cursor = None
        step.sets = {"kind": "full", "page": None, "next_cursor": next_cursor}


async def sweep(run: RunUnderWay) -> None:
    """Lists the folders that are not listed yet, and those found in them. Raises what `Source.children`
    raises of the sync's own folder; one of the others that is not to be seen is passed by."""
    folder: UnlistedFolder | None = None
    while folder := folder or await _next_folder(run):
        try:
            page = await run.source.children(folder.folder_id, folder.page)
        except CursorLost:
            if folder.page is None:
                raise
            folder = UnlistedFolder(folder.folder_id, None)
        except FolderUnavailable:
            if folder.folder_id == run.sync.folder_id:
                raise
            await _pass_by(run, folder)
            folder = None
        else:
            await _take_down(run, folder, page)
            folder = UnlistedFolder(folder.folder_id, page.next_page) if page.next_page else None


async def end(run: RunUnderWay) -> None:
    """After all folders have been listed anew: what was in none of them has left."""
    while True:
        async with run.step() as step:
            files = await file_store.without_place(step.connection, run.sync.sync_id, CHUNK)
            gone = [ledger.left(file, step.tally, run_id=run.held.run_id) for file in files]
            await file_store.keep(step.connection, run.sync.sync_id, gone)
        if len(files) < CHUNK:
            return


async def _next_folder(run: RunUnderWay) -> UnlistedFolder | None:
    return await run.resources.units_of_work.read(folder_store.next_unlisted, run.sync.sync_id)


async def _take_down(run: RunUnderWay, folder: UnlistedFolder, page: Page) -> None:
    sync_id = run.sync.sync_id
    subfolders = {entry.folder_id for entry in page.entries if isinstance(entry, SourceFolder)}
    entries = [entry for entry in page.entries if not isinstance(entry, SourceFolder)]
    async with run.step() as step:
        aliases = await seeing.aliases_of_erased(run, step, {entry.file_id for entry in entries})
        entries = [seeing.as_kept(entry, aliases) for entry in entries]
        places = {e.item_id: Place(e.item_id, folder.folder_id, e.file_id) for e in entries}
        await folder_store.put(step.connection, sync_id, dict.fromkeys(subfolders, folder.folder_id))
        await place_store.put(step.connection, sync_id, places.values())
        await seeing.put_down(run, step, seen=_by_file(entries), left={})
        await folder_store.turn_page(step.connection, sync_id, folder.folder_id, page.next_page)


async def _pass_by(run: RunUnderWay, folder: UnlistedFolder) -> None:
    async with run.step() as step:
        files = await folder_store.remove(step.connection, run.sync.sync_id, folder.folder_id)
        await seeing.leave(run, step, set(files))


def _by_file(entries: list[FileEntry]) -> dict[str, FileEntry]:
    """One entry of a file: its own rather than a shortcut's, and one to fetch rather than none."""
    best_last = sorted(entries, key=lambda e: (isinstance(e, SourceFile), e.shortcut_id is None))
    return {entry.file_id: entry for entry in best_last}
