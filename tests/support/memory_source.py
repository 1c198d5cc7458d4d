"""A source of files in memory: what happens in it is what a test does to it."""

import asyncio
import hashlib
import itertools
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from hotgigs.contracts.drive_grant import DriveGrant
from hotgigs.contracts.drive_state import PassedOverReason
from hotgigs.drive_sync.sources.entries import (
    Change,
    Changes,
    Entry,
    Page,
    PassedOver,
    SourceFile,
    SourceFolder,
)
from hotgigs.drive_sync.sources.errors import (
    CursorLost,
    FileGone,
    FileUnavailable,
    FolderUnavailable,
    GrantEnded,
    NotDownloadable,
    SourceAway,
)

ROOT = "root"
OUTSIDE = "outside"
"""A folder that no sync is about."""
PIECE_BYTES = 1000


def rtf(text: str) -> bytes:
    """A resume."""
    return b"{\\rtf1 " + text.encode() + b"}"


@dataclass
class Item:
    """A folder has neither content nor target; a shortcut has a target."""

    item_id: str
    name: str
    parent_id: str | None
    content: bytes | None = None
    target_id: str | None = None
    is_trashed: bool = False
    passed_over: PassedOverReason | None = None
    size_bytes: int | None = None
    is_native: bool = False
    """Written anew whenever it is fetched, never twice in the same bytes."""
    touches: int = 0
    """Of its revision, that leave the content what it is."""

    @property
    def is_folder(self) -> bool:
        return self.content is None and self.target_id is None


@dataclass
class Stall:
    """One call to the source, the ``calls``th from now, is not answered before it is released."""

    calls: int
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)

    async def pass_by(self) -> None:
        self.calls -= 1
        if self.calls == 0:
            self.reached.set()
            await self.released.wait()


@dataclass
class MemoryDrive:
    """Whose folders `MemoryProvider` opens. Pages are small; a page of changes can name an item twice."""

    page_size: int = 3
    has_cursors: bool = True
    items: dict[str, Item] = field(default_factory=dict)
    unavailable: set[str] = field(default_factory=set)
    """Files, and folders, that are not given."""
    not_downloadable: set[str] = field(default_factory=set)
    vanishing: set[str] = field(default_factory=set)
    """Files that are listed and not there any more when they are fetched."""
    is_revoked: bool = False
    is_away: bool = False
    renewed: DriveGrant | None = None
    gates: dict[str, asyncio.Event] = field(default_factory=dict)
    """By file: its content goes no further than its first piece before the event is set."""
    begun: dict[str, asyncio.Event] = field(default_factory=dict)
    """By file: set when its first piece was given."""
    fetches: Counter[str] = field(default_factory=Counter)
    revisions_read: dict[tuple[str, str], str] = field(default_factory=dict)
    """By file and SHA-256 of what was given of it."""
    asked: list[str] = field(default_factory=list)
    """For which pages, and cursors."""
    before_call: Callable[[], None] = lambda: None
    """Called wherever the source is called, and after each piece of a content."""
    stall: "Stall | None" = None

    def __post_init__(self) -> None:
        self.items = {id_: Item(id_, id_, None) for id_ in (ROOT, OUTSIDE)}
        self._log: list[str] = []
        self._epoch = 0
        self._ids = itertools.count(1)

    def add(self, text: str | bytes, parent_id: str = ROOT, **fields: object) -> str:
        """A file with a resume of the text, or with the bytes."""
        content = rtf(text) if isinstance(text, str) else text
        return self._add("file", parent_id, content=content, **fields)

    def name(self, item_id: str, name: str) -> str:
        """Before anybody sees it; returns the item's id."""
        self.items[item_id].name = name
        return item_id

    def add_folder(self, parent_id: str = ROOT) -> str:
        return self._add("folder", parent_id)

    def add_shortcut(self, target_id: str, parent_id: str = ROOT) -> str:
        return self._add("shortcut", parent_id, target_id=target_id)

    def write(self, item_id: str, text: str) -> None:
        self.items[item_id].content = rtf(text)
        self._log.append(item_id)

    def touch(self, item_id: str) -> None:
        """Another revision of the same content."""
        self.items[item_id].touches += 1
        self._log.append(item_id)

    def rename(self, item_id: str, name: str) -> None:
        self.items[item_id].name = name
        self._log.append(item_id)

    def move(self, item_id: str, parent_id: str) -> None:
        """What is in a folder goes with it, and is not told of."""
        assert not self.is_in(parent_id, item_id)
        self.items[item_id].parent_id = parent_id
        self._log.append(item_id)

    def trash(self, item_id: str, *, is_trashed: bool = True) -> None:
        self.items[item_id].is_trashed = is_trashed
        self._log.append(item_id)

    def remove(self, item_id: str) -> None:
        """With what is in it."""
        for inside in [id_ for id_ in self.items if self.is_in(id_, item_id)]:
            del self.items[inside]
        self._log.append(item_id)

    def lose_cursors(self) -> None:
        """And the pages."""
        self._epoch += 1

    def is_in(self, item_id: str, folder_id: str) -> bool:
        """At whatever depth, or the same."""
        return folder_id in self._ancestors(item_id)

    def resumes(self, root: str = ROOT) -> dict[str, bytes]:
        """The contents of the files that are in the folder now, by themselves or by shortcuts."""
        found = {}
        for item in self.items.values():
            if root in self._ancestors(item.item_id) - {item.item_id} and not self._is_trashed(item):
                entry = self.entry(item)
                if isinstance(entry, SourceFile):
                    found[entry.file_id] = self.items[entry.file_id].content or b""
        return found

    def entry(self, item: Item) -> Entry:
        if item.is_folder:
            return SourceFolder(folder_id=item.item_id)
        file, shortcut_id = item, None
        if item.target_id is not None:
            shortcut_id = item.item_id
            target = self.items.get(item.target_id)
            if target is None or target.content is None or self._is_trashed(target):
                return PassedOver(
                    file_id=item.target_id, name=item.name, reason="shortcut", shortcut_id=shortcut_id
                )
            file = target
        if file.passed_over:
            return PassedOver(
                file_id=file.item_id, name=file.name, reason=file.passed_over, shortcut_id=shortcut_id
            )
        return SourceFile(
            file_id=file.item_id,
            name=file.name,
            revision=self._revision(file),
            size_bytes=file.size_bytes,
            shortcut_id=shortcut_id,
            handle=f"handle of {file.item_id}",
        )

    def cursor(self) -> str | None:
        self._require_folder(ROOT)
        return f"{self._epoch}:{len(self._log)}" if self.has_cursors else None

    def children(self, folder_id: str, page: str | None) -> Page:
        self._require_folder(folder_id)
        epoch, after = (page or f"{self._epoch}:").split(":")
        if epoch != str(self._epoch):
            raise CursorLost("The page is not known.")
        ids = sorted(i.item_id for i in self.items.values() if i.parent_id == folder_id)
        ids = [id_ for id_ in ids if id_ > after and not self.items[id_].is_trashed]
        shown = ids[: self.page_size]
        next_page = f"{self._epoch}:{shown[-1]}" if len(ids) > len(shown) else None
        return Page(entries=[self.entry(self.items[id_]) for id_ in shown], next_page=next_page)

    def changes(self, cursor: str, page: str | None) -> Changes:
        epoch, at = (page or cursor).split(":")
        if epoch != str(self._epoch):
            raise CursorLost("The cursor is not known.")
        shown = self._log[int(at) : int(at) + self.page_size]
        reached = f"{epoch}:{int(at) + len(shown)}"
        is_last = int(at) + len(shown) == len(self._log)
        return Changes(
            changes=[self._change(item_id) for item_id in shown],
            next_page=None if is_last else reached,
            cursor=reached if is_last else None,
        )

    async def content(self, file: SourceFile) -> AsyncIterator[bytes]:
        item = self.items.get(file.file_id)
        assert file.handle == f"handle of {file.file_id}"
        if file.file_id in self.unavailable:
            raise FileUnavailable("The file is locked.")
        if file.file_id in self.not_downloadable:
            raise NotDownloadable("The file may not be downloaded.")
        if item is None or item.content is None or file.file_id in self.vanishing:
            raise FileGone("The file is not there.")
        self.fetches[file.file_id] += 1
        content = item.content + (b"%d" % self.fetches[file.file_id] if item.is_native else b"")
        self.revisions_read[file.file_id, hashlib.sha256(content).hexdigest()] = self._revision(item)
        for start in range(0, len(content), PIECE_BYTES):
            yield content[start : start + PIECE_BYTES]
            self.begun.setdefault(file.file_id, asyncio.Event()).set()
            if gate := self.gates.get(file.file_id):
                await gate.wait()
            self.before_call()

    def digest(self, file: SourceFile, sha256: str) -> str:
        item = self.items.get(file.file_id)
        return (
            f"native {self.revisions_read[file.file_id, sha256].split()[0]}"
            if item and item.is_native
            else sha256
        )

    def _add(self, kind: str, parent_id: str, **fields: object) -> str:
        item_id = f"{kind}-{next(self._ids):03}"
        self.items[item_id] = Item(item_id, f"{item_id}.rtf", parent_id, **fields)  # type: ignore[arg-type]
        self._log.append(item_id)
        return item_id

    def _change(self, item_id: str) -> Change:
        item = self.items.get(item_id)
        if item is None or item.parent_id is None:
            return Change(item_id=item_id, reason="removed")
        if self._is_trashed(item):
            return Change(item_id=item_id, parent_ids=(item.parent_id,), reason="trashed")
        return Change(item_id=item_id, parent_ids=(item.parent_id,), entry=self.entry(item))

    def _revision(self, item: Item) -> str:
        return f"{hashlib.sha1(item.content or b'').hexdigest()} {item.touches}"

    def _ancestors(self, item_id: str) -> set[str]:
        """With itself."""
        found, next_id = set(), item_id if item_id in self.items else None
        while next_id is not None:
            found.add(next_id)
            next_id = self.items[next_id].parent_id
        return found

    def _is_trashed(self, item: Item) -> bool:
        return any(self.items[id_].is_trashed for id_ in self._ancestors(item.item_id))

    def _require_folder(self, folder_id: str) -> None:
        folder = self.items.get(folder_id)
        if folder is None or self._is_trashed(folder) or folder_id in self.unavailable:
            raise FolderUnavailable("There is no such folder.")


class MemorySource:
    """As `hotgigs.drive_sync.sources.source.Source` describes."""

    def __init__(self, drive: MemoryDrive, grant: DriveGrant | None) -> None:
        self._drive = drive
        self._grant = grant

    @property
    def grant(self) -> DriveGrant | None:
        return self._drive.renewed or self._grant

    async def cursor(self) -> str | None:
        await self._call("cursor")
        return self._drive.cursor()

    async def children(self, folder_id: str, page: str | None) -> Page:
        await self._call(f"{folder_id} {page}")
        return self._drive.children(folder_id, page)

    async def changes(self, cursor: str, page: str | None) -> Changes:
        await self._call(f"changes {page or cursor}")
        return self._drive.changes(cursor, page)

    async def content(self, file: SourceFile) -> AsyncIterator[bytes]:
        await self._call(f"content {file.file_id}")
        async for piece in self._drive.content(file):
            yield piece

    def content_digest(self, file: SourceFile, sha256: str) -> str:
        return self._drive.digest(file, sha256)

    def content_revision(self, file: SourceFile, sha256: str) -> str:
        return self._drive.revisions_read[file.file_id, sha256]

    async def _call(self, what: str) -> None:
        self._drive.asked.append(what)
        self._drive.before_call()
        await asyncio.sleep(0)
        if self._drive.stall:
            await self._drive.stall.pass_by()
        if self._drive.is_revoked:
            raise GrantEnded("Connect it again.")
        if self._drive.is_away:
            raise SourceAway("The source does not answer.")


class MemoryProvider:
    resume_source = "google_drive"

    def __init__(self, drive: MemoryDrive) -> None:
        self._drive = drive
        self.opened: list[tuple[str, DriveGrant | None, str]] = []

    @asynccontextmanager
    async def open(
        self, folder_id: str, grant: DriveGrant | None, *, owner: str
    ) -> AsyncIterator[MemorySource]:
        self.opened.append((folder_id, grant, owner))
        yield MemorySource(self._drive, grant)
