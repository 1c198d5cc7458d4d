"""Files on their way into the object store."""

import asyncio
import secrets
import tempfile
from collections.abc import AsyncIterator
from contextlib import suppress
from uuid import UUID

import obstore
from obstore.store import ObjectStore

from hotgigs.chassis import workers
from hotgigs.chassis.blobs import STORE_FAILED, open_blob, write_blob
from hotgigs.chassis.workers import WorkerPool
from hotgigs.contracts.resume_state import StoredFile
from hotgigs.filetypes import Encrypted, FileType, Rejected, identify
from hotgigs.filetypes.pdf_password import may_be_encrypted_pdf

PASSWORD_CHECK_TIME_LIMIT_S = 5.0

_ZIP_MAGIC = b"PK"


class TooLarge(Rejected):
    """More bytes than a file may have."""

    @classmethod
    def than(cls, max_bytes: int) -> "TooLarge":
        return cls(f"The file is larger than {max_bytes // 2**20} MiB; upload a smaller one.")


class Intake:
    """Stores files and checks what they are; ``password_check`` runs `hotgigs.gateway.uploads.pdf_check`."""

    def __init__(self, blobs: ObjectStore, password_check: WorkerPool, *, max_file_bytes: int) -> None:
        self.blobs = blobs
        self._password_check = password_check
        self.max_file_bytes = max_file_bytes

    async def take(
        self, key: str, chunks: AsyncIterator[bytes], *, max_archive_bytes: int = 0
    ) -> tuple[FileType, StoredFile]:
        """Stores and identifies. Raises Rejected; nothing is left of a file that raises.

        What begins like a zip may be as large as ``max_archive_bytes``, if it turns out to be one.
        """
        size, sha256 = await write_blob(self.blobs, key, self._within_limit(chunks, max_archive_bytes))
        try:
            file_type = await asyncio.to_thread(_identify, self.blobs, key)
            if file_type is not FileType.ZIP and size > self.max_file_bytes:
                raise TooLarge.than(self.max_file_bytes)
            await self.require_no_password(key, file_type)
        except BaseException:
            await self.delete([key])
            raise
        return file_type, stored_file(key, file_type, size, sha256)

    async def _within_limit(
        self, chunks: AsyncIterator[bytes], max_archive_bytes: int
    ) -> AsyncIterator[bytes]:
        """Raises TooLarge."""
        size, limit, beginning = 0, self.max_file_bytes, b""
        async for chunk in chunks:
            if len(beginning) < len(_ZIP_MAGIC):
                beginning = (beginning + chunk)[: len(_ZIP_MAGIC)]
                if beginning == _ZIP_MAGIC:
                    limit = max(limit, max_archive_bytes)
            size += len(chunk)
            if size > limit:
                raise TooLarge.than(limit)
            yield chunk

    async def require_no_password(self, key: str, file_type: FileType) -> None:
        """Raises Encrypted. A file that the check cannot cope with is left for the parser to judge."""
        if file_type is not FileType.PDF or not await asyncio.to_thread(_may_be_encrypted, self.blobs, key):
            return
        with tempfile.NamedTemporaryFile(prefix="hotgigs-") as copy:
            stream = (await obstore.get_async(self.blobs, key)).stream()
            async for chunk in stream:
                await asyncio.to_thread(copy.write, bytes(chunk))
            copy.flush()
            try:
                answer = await self._password_check.run(
                    copy.name.encode(), time_limit_s=PASSWORD_CHECK_TIME_LIMIT_S
                )
            except (
                workers.OutOfTime,
                workers.OutOfMemory,
                workers.WorkerDied,
                workers.WorkerNotStarted,
                workers.JobFailed,
            ):
                return
        if answer == b"protected":
            raise Encrypted

    async def delete(self, keys: list[str]) -> None:
        """Best effort: what stays behind belongs to nobody and is swept later."""
        for key in keys:
            with suppress(*STORE_FAILED):
                await obstore.delete_async(self.blobs, key)


def new_blob_key(resume_id: UUID) -> str:
    """By resume, never by content: erasing one person's file must not touch another's. In a folder, by which
    all of a resume's are found, and another one for every try of a request, since a try that fails deletes
    its files."""
    return f"resumes/{resume_id}/{secrets.token_hex(8)}"


def stored_file(key: str, file_type: FileType, size_bytes: int, sha256: str) -> StoredFile:
    return StoredFile(blob_key=key, media_type=file_type.media_type, size_bytes=size_bytes, sha256=sha256)


def _identify(blobs: ObjectStore, key: str) -> FileType:
    with open_blob(blobs, key) as file:
        return identify(file)


def _may_be_encrypted(blobs: ObjectStore, key: str) -> bool:
    with open_blob(blobs, key) as file:
        return may_be_encrypted_pdf(file)
