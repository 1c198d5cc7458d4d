"""The object store, by URL: a local folder, S3, Google Cloud Storage, Azure."""

import hashlib
import io
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

STORE_FAILED = (BaseError, OSError)
"""What obstore raises; a missing object is FileNotFoundError, which is an OSError."""
WRITE_BUFFER_BYTES = 5 * 2**20
"""The smallest part that S3 takes; all of an object that is ever in memory."""


class Written(NamedTuple):
    size_bytes: int
    sha256: str
    """In hexadecimal digits."""


def open_blobs(url: str) -> ObjectStore:
    """Credentials of a cloud store come from its usual environment variables."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return LocalStore(Path(unquote(parts.path)), mkdir=True, automatic_cleanup=True)
    return from_url(url)


async def write_blob(blobs: ObjectStore, key: str, chunks: AsyncIterator[bytes]) -> Written:
    """Streams. Nothing is left, not even parts, of an object whose chunks raise, that the store fails to
    take, or whose writing is cancelled."""
    digest, size = hashlib.sha256(), 0
    writer = obstore.open_writer_async(blobs, key, buffer_size=WRITE_BUFFER_BYTES)
    try:
        async for chunk in chunks:
            size += len(chunk)
            digest.update(chunk)
            await writer.write(chunk)
        await writer.close()
    except BaseException:
        # Only a closed writer can be undone; an abandoned one leaves its parts behind.
        with suppress(*STORE_FAILED):
            await writer.close()
        with suppress(*STORE_FAILED):
            await obstore.delete_async(blobs, key)
        raise
    return Written(size, digest.hexdigest())


def open_blob(blobs: ObjectStore, key: str) -> BinaryIO:
    """A seekable file that reads the object by ranges; blocking, for a worker thread."""
    return cast("BinaryIO", io.BufferedReader(_BlobFile(blobs, key), buffer_size=64 * 1024))


class _BlobFile(io.RawIOBase):
    def __init__(self, blobs: ObjectStore, key: str) -> None:
        self._reader = obstore.open_reader(blobs, key)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._reader.seek(offset, whence)

    def readinto(self, buffer: "bytearray | memoryview", /) -> int:  # type: ignore[override]
        content = self._reader.read(len(buffer))
        buffer[: len(content)] = memoryview(content)
        return len(content)
