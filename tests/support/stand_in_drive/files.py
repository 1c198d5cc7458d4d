"""What is in the drives of all users, who sees it, and the log of what changed."""

import itertools
import mimetypes
import secrets
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Literal

from msgspec import Struct
from support.stand_in_drive import resumes
from support.stand_in_drive.guarded import Guarded, guarded
from support.stand_in_drive.items import DOCUMENT, DOCX, FOLDER, SHORTCUT, Item, resource

OWNER = "owner@example.com"
DRIVE_ITSELF = "drive "
"""Before its id: what a log entry has in place of an item's."""


class SharedDrive(Struct):
    drive_id: str
    name: str
    members: set[str]


class LogEntry(Struct, frozen=True):
    number: int
    item_id: str
    time: datetime
    seen_by: frozenset[str]
    """Users who saw it before, outside of shared drives."""
    drive_ids: frozenset[str]
    """The shared drives it was in, before or after."""


class Files(Guarded):
    """Identified as in Google Drive: a shared drive's id is that of its topmost folder. ``parent_id`` None is
    the My Drive of the user who is there from the start."""

    def __init__(self, lock: threading.RLock) -> None:
        super().__init__(lock)
        self.items: dict[str, Item] = {}
        self.children: dict[str, dict[str, Item]] = {}
        self.drives: dict[str, SharedDrive] = {}
        self.roots: dict[str, str] = {}
        self.log: list[LogEntry] = []
        self.latest: dict[str, int] = {}
        self.log_starts_at = 1
        self.lost_status = 410
        self._numbers = itertools.count(1)
        self.add_user(OWNER)

    # -- what tests and the control interface do

    @guarded
    def add_user(self, mail: str) -> str:
        """The id of the user's My Drive."""
        if mail not in self.roots:
            root = self._item(name="My Drive", mime_type=FOLDER, owner=mail)
            self.roots[mail] = root.item_id
        return self.roots[mail]

    @guarded
    def add_shared_drive(self, name: str, members: list[str] | None = None) -> str:
        root = self._item(name="Drive", mime_type=FOLDER)
        root.drive_id = root.item_id
        self.drives[root.item_id] = SharedDrive(root.item_id, name, set())
        self.set_members(root.item_id, members or [OWNER])
        return root.item_id

    @guarded
    def set_members(self, drive_id: str, members: list[str]) -> None:
        """Who comes or goes has a change of the drive itself in their own log."""
        seen_by = frozenset(self.drives[drive_id].members)
        self.drives[drive_id].members = set(members)
        for mail in members:
            self.add_user(mail)
        self._log(DRIVE_ITSELF + drive_id, seen_by, frozenset({drive_id}))

    @guarded
    def add_folder(self, name: str, parent_id: str | None = None) -> str:
        return self._add(parent_id, name=name, mime_type=FOLDER)

    @guarded
    def add_file(
        self, name: str, content: bytes, parent_id: str | None = None, mime_type: str | None = None
    ) -> str:
        guessed = mime_type or mimetypes.guess_type(name)[0] or "application/octet-stream"
        item_id = self._add(parent_id, name=name, mime_type=guessed)
        self.items[item_id].fill(content, secrets.token_urlsafe(16))
        return item_id

    @guarded
    def add_document(self, name: str, content: bytes, parent_id: str | None = None) -> str:
        """Google's own kind of document, which is exported to this DOCX."""
        item_id = self._add(parent_id, name=name, mime_type=DOCUMENT)
        self.items[item_id].exports = {DOCX: content, "text/plain": name.encode()}
        return item_id

    @guarded
    def add_native(self, name: str, mime_type: str, parent_id: str | None = None) -> str:
        """A spreadsheet, form, drawing of Google's own: without content that is asked for here."""
        return self._add(parent_id, name=name, mime_type=mime_type)

    @guarded
    def add_shortcut(self, name: str, target_id: str, parent_id: str | None = None) -> str:
        item_id = self._add(parent_id, name=name, mime_type=SHORTCUT)
        self.items[item_id].target_id = target_id
        self.items[item_id].target_mime_type = self.items[target_id].mime_type
        return item_id

    @guarded
    def add_resumes(
        self, count: int, parent_id: str | None = None, first: int = 0, kind: Literal["docx", "pdf"] = "docx"
    ) -> list[str]:
        """The files of `resumes.person(first)` and those after."""
        return [
            self.add_file(f"{number:05d}.{kind}", resumes.resume(number, kind), parent_id)
            for number in range(first, first + count)
        ]

    @guarded
    def set_content(self, item_id: str, content: bytes) -> None:
        item = self.items[item_id]
        if item.exports:
            item.exports = {**item.exports, DOCX: content}
        else:
            item.fill(content, secrets.token_urlsafe(16))
        self._changed(item, modified=True)

    @guarded
    def touch(self, item_id: str) -> None:
        """Modified at another time, the content the same."""
        self._changed(self.items[item_id], modified=True)

    @guarded
    def rename(self, item_id: str, name: str) -> None:
        self.items[item_id].name = name
        self._changed(self.items[item_id], modified=True)

    @guarded
    def move(self, item_id: str, parent_id: str) -> None:
        """With all that is in it; the log has the one change."""
        item = self.items[item_id]
        seen_by, drive_ids = self.audience(item), self._drive_ids(item)
        self._take_out(item)
        self._place(item, parent_id)
        self._changed(item, seen_by=seen_by, drive_ids=drive_ids | self._drive_ids(item))

    @guarded
    def trash(self, item_id: str) -> None:
        """With all that is in it; the log has the one change."""
        self.items[item_id].is_trashed = True
        self._changed(self.items[item_id])

    @guarded
    def untrash(self, item_id: str) -> None:
        self.items[item_id].is_trashed = False
        self._changed(self.items[item_id])

    @guarded
    def delete(self, item_id: str) -> None:
        """For good, with all that is in it; the log has the one change."""
        item = self.items[item_id]
        seen_by, drive_ids = self.audience(item), self._drive_ids(item)
        self._take_out(item)
        for gone in [item, *self.descendants(item_id)]:
            del self.items[gone.item_id]
            self.children.pop(gone.item_id, None)
        self._log(item_id, seen_by, drive_ids)

    @guarded
    def share(self, item_id: str, mail: str) -> None:
        self.add_user(mail)
        item = self.items[item_id]
        item.shared_with = item.shared_with | {mail}
        self._changed(item)

    @guarded
    def unshare(self, item_id: str, mail: str) -> None:
        item = self.items[item_id]
        seen_by = self.audience(item)
        item.shared_with = item.shared_with - {mail}
        self._changed(item, seen_by=seen_by)

    @guarded
    def set_downloadable(self, item_id: str, can_download: bool, is_abusive: bool = False) -> None:
        self.items[item_id].can_download = can_download
        self.items[item_id].is_abusive = is_abusive
        self._changed(self.items[item_id])

    @guarded
    def lose_changes(self, status: int = 410) -> None:
        """Page tokens of changes given until now are answered with ``status``, 410 or 400."""
        self.log_starts_at = self.next_number + 1
        self.lost_status = status
        self._log("", frozenset(), frozenset())

    @guarded
    def id_of(self, name: str) -> str:
        """Of the only item of this name."""
        (item_id,) = (item.item_id for item in self.items.values() if item.name == name)
        return item_id

    @guarded
    def ids_in(self, parent_id: str) -> list[str]:
        return list(self.children[parent_id])

    # -- what the API reads

    @property
    def next_number(self) -> int:
        return self.log[-1].number + 1 if self.log else 1

    def ancestors(self, item: Item) -> Iterator[Item]:
        """The item and those it is in."""
        while True:
            yield item
            if item.parent_id is None:
                return
            item = self.items[item.parent_id]

    def descendants(self, item_id: str) -> list[Item]:
        found = list(self.children.get(item_id, {}).values())
        for child in found:
            found += self.children.get(child.item_id, {}).values()
        return found

    def audience(self, item: Item) -> frozenset[str]:
        """Who sees it outside of shared drives."""
        if item.drive_id:
            return frozenset()
        mails = {item.owner} if item.owner else set()
        return frozenset(mails.union(*(above.shared_with for above in self.ancestors(item))))

    def sees(self, mail: str, item: Item) -> bool:
        if item.drive_id:
            return mail in self.drives[item.drive_id].members
        return item.owner == mail or any(mail in above.shared_with for above in self.ancestors(item))

    def shown(self, item: Item, mail: str) -> dict[str, Any]:
        parent = self.items.get(item.parent_id or "")
        shows_parent = parent is not None and self.sees(mail, parent)
        return resource(item, mail, is_trashed=self.is_trashed(item), shows_parent=shows_parent)

    def is_trashed(self, item: Item) -> bool:
        return any(above.is_trashed for above in self.ancestors(item))

    # -- within

    def _item(self, *, name: str, mime_type: str, owner: str | None = None) -> Item:
        now = datetime.now(UTC)
        # The shape of Google's: 33 characters, the first a 1.
        item_id = "1" + secrets.token_urlsafe(24)
        item = Item(item_id=item_id, name=name, mime_type=mime_type, created=now, modified=now, owner=owner)
        self.items[item_id] = item
        if mime_type == FOLDER:
            self.children[item_id] = {}
        return item

    def _add(self, parent_id: str | None, *, name: str, mime_type: str) -> str:
        item = self._item(name=name, mime_type=mime_type)
        self._place(item, parent_id or self.roots[OWNER])
        self._log(item.item_id, frozenset(), self._drive_ids(item))
        return item.item_id

    def _place(self, item: Item, parent_id: str) -> None:
        parent = self.items[parent_id]
        item.parent_id = parent_id
        item.placed = next(self._numbers)
        self.children[parent_id][item.item_id] = item
        for placed in [item, *self.descendants(item.item_id)]:
            placed.drive_id = parent.drive_id
            placed.owner = None if parent.drive_id else (placed.owner or parent.owner)

    def _take_out(self, item: Item) -> None:
        if item.parent_id is not None:
            del self.children[item.parent_id][item.item_id]
            item.parent_id = None

    def _changed(
        self,
        item: Item,
        *,
        modified: bool = False,
        seen_by: frozenset[str] | None = None,
        drive_ids: frozenset[str] | None = None,
    ) -> None:
        item.version += 1
        if modified:
            item.modified = datetime.now(UTC)
        self._log(
            item.item_id,
            self.audience(item) if seen_by is None else seen_by,
            self._drive_ids(item) if drive_ids is None else drive_ids,
        )

    def _drive_ids(self, item: Item) -> frozenset[str]:
        return frozenset({item.drive_id}) if item.drive_id else frozenset()

    def _log(self, item_id: str, seen_by: frozenset[str], drive_ids: frozenset[str]) -> None:
        entry = LogEntry(self.next_number, item_id, datetime.now(UTC), seen_by, drive_ids)
        self.log.append(entry)
        self.latest[item_id] = entry.number
