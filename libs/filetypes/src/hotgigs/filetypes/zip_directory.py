"""The central directory of a zip file, read within bounds."""

import io
import struct
import zipfile
from typing import BinaryIO, cast

from hotgigs.filetypes.errors import Damaged, TooManyMembers, Truncated

_MAX_DIRECTORY_BYTES = 1024 * 1024


def open_zip(file: BinaryIO) -> zipfile.ZipFile:
    """The archive with its directory read; no member is.

    Raises `Truncated` where there is no directory, `Damaged` where it cannot be understood and
    `TooManyMembers` where it is larger than 1 MiB (some ten thousand members).
    """
    if not zipfile.is_zipfile(file):
        raise Truncated
    try:
        return zipfile.ZipFile(cast(BinaryIO, _CappedReads(file)))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, struct.error) as err:
        raise Damaged from err


class _CappedReads:
    """Refuses any single read that is larger than an honest central directory.

    `zipfile` reads the directory in one piece, of whatever size the file itself claims, and makes an
    object of every entry.
    """

    mode = "rb"

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(_MAX_DIRECTORY_BYTES + 1 if size < 0 else min(size, _MAX_DIRECTORY_BYTES + 1))
        if len(data) > _MAX_DIRECTORY_BYTES:
            raise TooManyMembers
        return data

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        """The file belongs to the caller, who closes it."""
