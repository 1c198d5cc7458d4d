"""Folders that the operator names: local ones, and those in a bucket of an object store.

A file is known by its path: one that is moved or renamed is another file. There is no change feed, so that
each run sweeps and compares.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from obstore.store import ObjectStore

from hotgigs.chassis.blobs import open_blobs
from hotgigs.contracts.drive_grant import DriveGrant
from hotgigs.contracts.drive_state import PassedOverReason
from hotgigs.contracts.resume_state import Source as ResumeSource
from hotgigs.drive_sync.settings import DriveSyncSettings
from hotgigs.drive_sync.sources.bucket import Bucket
from hotgigs.drive_sync.sources.entries import Changes, Entry, Page, PassedOver, SourceFile, SourceFolder
from hotgigs.drive_sync.sources.errors import CursorLost, FolderUnavailable
from hotgigs.drive_sync.sources.local_folder import LocalFolder
from hotgigs.drive_sync.sources.places import Found, Place
from hotgigs.filetypes import FileType

_SUFFIXES = frozenset(each.extension for each in FileType if each is not FileType.ZIP)
_UNFINISHED = ("~", ".part", ".tmp")
_NOT_OFFERED = "The operator of this service does not offer this folder any more."


class WatchedFolders:
    """A sync's folder id is the name that the operator has given the folder."""

    resume_source: ResumeSource = "bulk_upload"

    def __init__(
        self, settings: DriveSyncSettings, *, open_store: Callable[[str], ObjectStore] = open_blobs
    ) -> None:
        self._settings = settings
        self._open_store = open_store

    @asynccontextmanager
    async def open(
        self, folder_id: str, grant: DriveGrant | None, *, owner: str
    ) -> AsyncIterator["WatchedFolder"]:
        """Nothing is granted, and nobody has a quota. Raises FolderUnavailable where there is no folder of
        this name any more."""
        url = self._settings.watched_folders.get(folder_id)
        if url is None:
            raise FolderUnavailable(_NOT_OFFERED)
        yield WatchedFolder(folder_id, self._place(url), most_bytes=self._settings.upload_max_bytes)

    def _place(self, url: str) -> Place:
        parts = urlsplit(url)
        if parts.scheme == "file":
            return LocalFolder(Path(unquote(parts.path)))
        return Bucket(self._open_store(url))


class WatchedFolder:
    """``most_bytes``: of a file, larger ones are passed over."""

    grant: DriveGrant | None = None

    def __init__(self, folder_id: str, place: Place, *, most_bytes: int) -> None:
        self._folder_id = folder_id
        self._place = place
        self._most_bytes = most_bytes

    async def cursor(self) -> str | None:
        return None

    async def children(self, folder_id: str, page: str | None) -> Page:
        path = "" if folder_id == self._folder_id else folder_id.removesuffix("/")
        found, next_page = await self._place.page(path, page)
        entries = [entry_of(each, most_bytes=self._most_bytes) for each in found]
        return Page(entries=[each for each in entries if each is not None], next_page=next_page)

    async def changes(self, cursor: str, page: str | None) -> Changes:
        raise CursorLost("Such a folder does not tell what has changed.")

    def content(self, file: SourceFile) -> AsyncIterator[bytes]:
        return self._place.content(file.file_id)

    def content_digest(self, file: SourceFile, sha256: str) -> str:
        return sha256

    def content_revision(self, file: SourceFile, sha256: str) -> str:
        return file.revision


def entry_of(found: Found, *, most_bytes: int) -> Entry | None:
    """None for a hidden folder, which is not looked into."""
    path = PurePosixPath(found.path)
    is_hidden = any(part.startswith(".") for part in path.parts)
    if found.kind == "folder":
        return None if is_hidden else SourceFolder(folder_id=f"{found.path}/")
    name = path.name.lower()
    reason: PassedOverReason | None = None
    if found.kind == "link":
        reason = "shortcut"
    elif found.kind == "other" or is_hidden or _is_being_written(name) or not _is_of_a_document(name):
        reason = "wrong_type"
    elif found.size_bytes == 0:
        reason = "empty"
    elif found.size_bytes > most_bytes:
        reason = "too_large"
    if reason is not None:
        return PassedOver(file_id=found.path, name=path.name, reason=reason)
    return SourceFile(
        file_id=found.path, name=path.name, revision=found.revision, size_bytes=found.size_bytes
    )


def _is_being_written(name: str) -> bool:
    return name.startswith("~") or name.endswith(_UNFINISHED)


def _is_of_a_document(name: str) -> bool:
    return PurePosixPath(name.strip()).suffix in _SUFFIXES
