"""What a source has in a folder, or says has changed in it."""

from typing import Literal

from msgspec import Struct

from hotgigs.contracts.drive_state import PassedOverReason


class SourceFile(Struct, frozen=True, kw_only=True, tag="file"):
    """A file that may be a resume, as its name and declared type go: only its content decides."""

    file_id: str
    """The source's, the same however often the file is changed, renamed or linked to."""
    name: str
    revision: str
    """Where it is what it was, the content is what it was; where it is not, the content may still be: a
    checksum at best, never a time stamp alone."""
    size_bytes: int | None = None
    """None where it is not known before it is fetched."""
    shortcut_id: str | None = None
    """Of the shortcut by which it is there; None where it is there itself."""
    handle: str = ""
    """What else the source needs to fetch it; the source's own business."""

    @property
    def item_id(self) -> str:
        """Of what is in the folder."""
        return self.shortcut_id or self.file_id


class SourceFolder(Struct, frozen=True, kw_only=True, tag="folder"):
    folder_id: str


class PassedOver(Struct, frozen=True, kw_only=True, tag="passed_over"):
    """What is in the folder and will not be fetched."""

    file_id: str
    """Of a shortcut that leads to nothing that can be fetched: of what it leads to."""
    name: str
    reason: PassedOverReason
    shortcut_id: str | None = None
    """As `SourceFile.shortcut_id`."""

    @property
    def item_id(self) -> str:
        """Of what is in the folder."""
        return self.shortcut_id or self.file_id


Entry = SourceFile | SourceFolder | PassedOver


class Page(Struct, frozen=True, kw_only=True):
    """``next_page`` is None on the last."""

    entries: list[Entry]
    next_page: str | None = None


class Change(Struct, frozen=True, kw_only=True):
    """``item_id`` is of a file, a shortcut or a folder: the entry's own. ``entry`` is what it is now,
    wherever it is; None where it is gone, in the trash, or to be seen no longer. ``parent_ids`` are of the
    folders that it is in now: it concerns a sync if one of them is a folder of it, or if the item or its file
    is known to it."""

    item_id: str
    parent_ids: tuple[str, ...] = ()
    entry: Entry | None = None
    reason: Literal["removed", "trashed"] | None = None
    """Where there is no entry."""


class Changes(Struct, frozen=True, kw_only=True):
    """``next_page`` is None on the last page, which has the ``cursor`` to ask from next time."""

    changes: list[Change]
    next_page: str | None = None
    cursor: str | None = None
