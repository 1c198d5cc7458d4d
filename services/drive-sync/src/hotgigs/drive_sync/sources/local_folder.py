"""A folder in the file system. No symbolic link in it is followed, so that none leads out of it."""

import asyncio
import errno
import heapq
import os
import stat
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

from hotgigs.drive_sync.sources.errors import (
    FileGone,
    FileUnavailable,
    FolderUnavailable,
    NotDownloadable,
    SourceAway,
)
from hotgigs.drive_sync.sources.places import PAGE, Found

_PART_BYTES = 2**20
_NOT_THERE = (errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ENXIO, errno.ELOOP)
"""Nothing, or something else than it was. ELOOP: a symbolic link in its place, or in the way."""
_NOT_LET_IN = (errno.EACCES, errno.EPERM)


class LocalFolder:
    def __init__(self, path: Path) -> None:
        self._path = path

    async def page(self, path: str, after: str | None) -> tuple[list[Found], str | None]:
        return await asyncio.to_thread(self._page, path, after or "")

    async def content(self, path: str) -> AsyncIterator[bytes]:
        file = await asyncio.to_thread(self._open_file, path)
        with file:
            as_it_was = _revision(os.fstat(file.fileno()))
            while part := await asyncio.to_thread(_read, file):
                yield part
            if _revision(os.fstat(file.fileno())) != as_it_was:
                raise FileUnavailable("The file was written to while it was read.")

    def _page(self, path: str, after: str) -> tuple[list[Found], str | None]:
        """However many are in the folder, no more than a page of names is kept."""
        try:
            with self._folder(path) as folder, os.scandir(folder) as entries:
                names = ((shown(entry.name), entry.name) for entry in entries)
                first = heapq.nsmallest(PAGE + 1, (each for each in names if each[0] > after))
                found = [_found(folder, path, name) for _, name in first[:PAGE]]
        except OSError as err:
            if err.errno in (*_NOT_THERE, *_NOT_LET_IN):
                raise FolderUnavailable("The folder is not there, or not to be read.") from err
            raise SourceAway("The folder cannot be read at the moment.") from err
        next_page = first[PAGE - 1][0] if len(first) > PAGE else None
        return [each for each in found if each is not None], next_page

    def _open_file(self, path: str) -> FileIO:
        parent, _, name = path.rpartition("/")
        try:
            with self._folder(parent) as folder:
                file = FileIO(name, opener=lambda file, flags: _open_there(file, flags, folder))
            if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return file
            file.close()
        except OSError as err:
            if err.errno in _NOT_LET_IN:
                raise NotDownloadable("The operator does not let the service read this file.") from err
            if err.errno not in _NOT_THERE:
                raise SourceAway("The folder cannot be read at the moment.") from err
        raise FileGone("The file is not there any more.")

    @contextmanager
    def _folder(self, path: str) -> Iterator[int]:
        """Step by step: where a link is in the way, it fails. The watched folder itself may be one."""
        folder = os.open(self._path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            for part in filter(None, path.split("/")):
                if part == "..":
                    raise FileNotFoundError(errno.ENOENT, "out of the folder")
                above = folder
                folder = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=above)
                os.close(above)
            yield folder
        finally:
            os.close(folder)


def shown(name: str) -> str:
    """As text that can be stored, also where the name is none."""
    return os.fsencode(name).decode(errors="backslashreplace")


def _found(folder: int, path: str, name: str) -> Found | None:
    """None for what is gone meanwhile."""
    at = f"{path}/{shown(name)}" if path else shown(name)
    try:
        status = os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(status.st_mode):
        return Found(at, "link")
    if shown(name) != name:
        return Found(at, "other")
    if stat.S_ISDIR(status.st_mode):
        return Found(at, "folder")
    if stat.S_ISREG(status.st_mode):
        return Found(at, "file", _revision(status), status.st_size)
    return Found(at, "other")


def _revision(status: os.stat_result) -> str:
    """The second time changes with every change, also where the first has been set back."""
    return f"{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}"


def _open_there(name: str, flags: int, folder: int) -> int:
    """At once also where it is a pipe, at which one would wait otherwise."""
    return os.open(name, flags | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)


def _read(file: FileIO) -> bytes:
    try:
        return file.read(_PART_BYTES) or b""
    except OSError as err:
        raise SourceAway("The folder cannot be read at the moment.") from err
