"""Following what has changed, page by page: the effect of a page and the way to the next are one step."""

from collections.abc import Sequence

from msgspec import Struct, field

from hotgigs.drive_sync import folder_store, place_store, seeing
from hotgigs.drive_sync.place_store import Place
from hotgigs.drive_sync.seeing import FileEntry
from hotgigs.drive_sync.sources.entries import Change, SourceFolder
from hotgigs.drive_sync.sources.errors import CursorLost
from hotgigs.drive_sync.stepping import RunUnderWay, Step


async def follow(run: RunUnderWay) -> None:
    """Until the source has no more to tell. Folders that have come are left to be swept: what is in them need
    not be among the changes. Raises CursorLost."""
    cursor = run.sync.cursor
    assert cursor is not None
    while run.held.next_cursor is None:
        changes = await run.source.changes(cursor, run.held.page)
        if changes.next_page is None and changes.cursor is None:
            raise CursorLost
        async with run.step() as step:
            await _Page(run, step).apply(changes.changes)
            step.sets = {"page": changes.next_page}
            if changes.next_page is None:
                step.sets["next_cursor"] = changes.cursor
            if run.held.kind is None:
                step.sets["kind"] = "changes"


class _Page:
    """Changes of one page, gathered so that their effect takes few statements however many they are."""

    def __init__(self, run: RunUnderWay, step: Step) -> None:
        self._run, self._step = run, step
        self._sync_id = run.sync.sync_id
        self._aliases: dict[str, str] = {}
        self._folders: set[str] = set()
        """Of the sync, among those that the page names."""
        self._news = _News()
        self._told: dict[str, FileEntry | None] = {}
        """The last word on a file; None where it is nowhere."""
        self._trashed: set[str] = set()
        self._misplaced: set[str] = set()
        """Files that have lost a place."""

    async def apply(self, changes: Sequence[Change]) -> None:
        connection = self._step.connection
        items = {change.item_id for change in changes}
        files = {c.entry.file_id for c in changes if c.entry and not isinstance(c.entry, SourceFolder)}
        self._aliases = await seeing.aliases_of_erased(self._run, self._step, items | files)
        await self._look_up_folders(items.union(*(change.parent_ids for change in changes)))
        for change in changes:
            if change.item_id != self._run.sync.folder_id:
                await self._apply(change)
        await self._flush()
        touched = self._told.keys() | self._misplaced
        placed = await place_store.placed_among(connection, self._sync_id, touched)
        seen = {id_: entry for id_, entry in self._told.items() if entry and id_ in placed}
        left = {
            id_: id_ in self._trashed
            for id_ in touched - seen.keys()
            if id_ not in placed or (id_ in self._told and not self._told[id_])
        }
        await seeing.put_down(self._run, self._step, seen=seen, left=left)

    async def _apply(self, change: Change) -> None:
        parent_id = next((id_ for id_ in change.parent_ids if id_ in self._folders), None)
        if isinstance(change.entry, SourceFolder):
            if parent_id is not None:
                self._news.folders[change.item_id] = parent_id
                self._folders.add(change.item_id)
            else:
                await self._leave(change)
            return
        await self._leave(change)
        item_id = self._aliases.get(change.item_id, change.item_id)
        if change.entry is None:
            self._told[item_id] = None
            self._news.remove(item_id)
            if change.reason == "trashed":
                self._trashed.add(item_id)
            return
        entry = seeing.as_kept(change.entry, self._aliases)
        self._told[entry.file_id] = entry
        if parent_id is None:
            self._news.remove(item_id)
        else:
            self._news.put(Place(item_id, parent_id, entry.file_id))

    async def _leave(self, change: Change) -> None:
        """If it is a folder of the sync."""
        if change.item_id not in self._folders:
            return
        await self._flush()
        files = await folder_store.remove(self._step.connection, self._sync_id, change.item_id)
        self._misplaced.update(files)
        if change.reason == "trashed":
            self._trashed.update(files)
        await self._look_up_folders(self._folders)

    async def _flush(self) -> None:
        connection, news = self._step.connection, self._news
        items = news.places.keys() | news.removed
        self._misplaced |= await place_store.files_of(connection, self._sync_id, items)
        await folder_store.put(connection, self._sync_id, news.folders)
        await place_store.remove(connection, self._sync_id, news.removed)
        await place_store.put(connection, self._sync_id, news.places.values())
        self._news = _News()

    async def _look_up_folders(self, folder_ids: set[str]) -> None:
        self._folders = await folder_store.known_among(self._step.connection, self._sync_id, folder_ids)


class _News(Struct):
    """What is not in the database yet, by item: the last word on each."""

    folders: dict[str, str] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)

    def put(self, place: Place) -> None:
        self.removed.discard(place.item_id)
        self.places[place.item_id] = place

    def remove(self, item_id: str) -> None:
        self.places.pop(item_id, None)
        self.removed.add(item_id)
