"""The content of a file on its way into the object store."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import suppress
from uuid import UUID

import obstore
from msgspec import Struct
from obstore.store import ObjectStore

from hotgigs.chassis.blobs import STORE_FAILED, open_blob, write_blob
from hotgigs.contracts.resume_state import StoredFile
from hotgigs.drive_sync.sources.entries import SourceFile
from hotgigs.drive_sync.sources.source import Source
from hotgigs.filetypes import FileType, Rejected, identify
from hotgigs.filetypes.errors import UnknownType

_EXTENSIONS = {each.extension for each in FileType} | {".docm", ".dotx", ".dotm", ".dot"}


class TooLarge(Exception):
    """More bytes than a file may have."""


class Fetched(Struct, frozen=True, kw_only=True):
    """``file`` is in the object store; None where the content is refused, and ``refusal`` says why."""

    digest: str
    revision: str
    """Of what was fetched, which may be a later one than was asked for."""
    filename: str
    file: StoredFile | None = None
    refusal: str | None = None


class Known(Struct, frozen=True, kw_only=True):
    """The content is what was fetched before."""

    revision: str


async def fetch(
    source: Source,
    entry: SourceFile,
    blobs: ObjectStore,
    *,
    resume_id: UUID,
    max_bytes: int,
    known_digest: str | None,
) -> Fetched | Known:
    """Known where the content has ``known_digest``. What is not part of the answer is not left in the store.
    Raises TooLarge, `hotgigs.filetypes.errors.Empty`, what `Source.content` raises, and one of
    `hotgigs.chassis.blobs.STORE_FAILED`."""
    key = f"resumes/{resume_id}/{secrets.token_hex(8)}"
    written = await write_blob(blobs, key, _at_most(max_bytes, source.content(entry)))
    is_kept = False
    try:
        digest = source.content_digest(entry, written.sha256)
        revision = source.content_revision(entry, written.sha256)
        if written.size_bytes and digest == known_digest:
            return Known(revision=revision)
        try:
            file_type = await asyncio.to_thread(_identify, blobs, key)
        except Rejected as err:
            if not written.size_bytes:
                raise
            return Fetched(digest=digest, revision=revision, filename=entry.name, refusal=str(err))
        is_kept = True
        return Fetched(
            digest=digest,
            revision=revision,
            filename=_with_extension(entry.name, file_type),
            file=StoredFile(
                blob_key=key,
                media_type=file_type.media_type,
                size_bytes=written.size_bytes,
                sha256=written.sha256,
            ),
        )
    finally:
        if not is_kept:
            await delete(blobs, key)


async def delete(blobs: ObjectStore, key: str) -> None:
    """Best effort: what no resume names is swept later."""
    with suppress(*STORE_FAILED):
        await obstore.delete_async(blobs, key)


def _identify(blobs: ObjectStore, key: str) -> FileType:
    with open_blob(blobs, key) as file:
        file_type = identify(file)
    if file_type is FileType.ZIP:
        raise UnknownType
    return file_type


def _with_extension(name: str, file_type: FileType) -> str:
    """As it is where it has one of a document: names of documents that have no file may have a dot, too."""
    has_one = any(name.lower().endswith(extension) for extension in _EXTENSIONS)
    return name if has_one else f"{name}{file_type.extension}"


async def _at_most(max_bytes: int, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    size = 0
    async for chunk in chunks:
        size += len(chunk)
        if size > max_bytes:
            raise TooLarge
        yield chunk
