"""The files of a bulk upload, those inside of archives included."""

import asyncio
import hashlib
from collections.abc import Iterator
from contextlib import suppress

import obstore
from litestar.status_codes import HTTP_413_REQUEST_ENTITY_TOO_LARGE

from hotgigs.chassis.blobs import STORE_FAILED, WRITE_BUFFER_BYTES, open_blob
from hotgigs.contracts.gateway.submit_batch import BatchFile
from hotgigs.filetypes import (
    ArchiveRefused,
    FileType,
    Member,
    Rejected,
    identify_member,
    members,
    safe_filename,
)
from hotgigs.filetypes.errors import ArchiveTooLarge, TooManyMembers
from hotgigs.gateway.errors import Problem
from hotgigs.gateway.idempotency.request_ids import RequestIds
from hotgigs.gateway.uploads.form import FilePart
from hotgigs.gateway.uploads.intake import Intake, TooLarge, new_blob_key, stored_file


class BatchIntake:
    """Takes the files of one batch. A bad file becomes an entry with its refusal; only what is wrong
    with the batch as a whole raises."""

    def __init__(self, intake: Intake, ids: RequestIds, *, max_files: int, max_bytes: int) -> None:
        self._intake = intake
        self._ids = ids
        self._max_files = max_files
        self._bytes_left = max_bytes
        self._max_bytes = max_bytes
        self.files: list[BatchFile] = []
        self._unpacked_keys: list[str] = []

    async def add(self, part: FilePart) -> None:
        """Raises Problem 413 where the batch grows beyond its limits."""
        resume_id = self._ids.new()
        filename = safe_filename(part.filename)
        try:
            file_type, stored = await self._intake.take(
                new_blob_key(resume_id), part.chunks(), max_archive_bytes=self._max_bytes
            )
        except Rejected as err:
            self._append(BatchFile(resume_id=resume_id, filename=filename, refusal=str(err)))
            return
        if file_type is FileType.ZIP:
            await self._add_archive(stored.blob_key, filename)
        else:
            self._append(BatchFile(resume_id=resume_id, filename=filename, file=stored))

    async def _add_archive(self, key: str, filename: str) -> None:
        unpacked: list[BatchFile] = []
        try:
            await asyncio.to_thread(self._unpack, key, unpacked)
        except TooManyMembers as err:
            raise self._too_many_files() from err
        except ArchiveTooLarge as err:
            raise self._too_large() from err
        except ArchiveRefused as err:
            unpacked.append(BatchFile(resume_id=self._ids.new(), filename=filename, refusal=str(err)))
        finally:
            self._unpacked_keys.extend(file.file.blob_key for file in unpacked if file.file is not None)
            await self._intake.delete([key])
        for file in unpacked:
            self._append(await self._without_password(file))

    async def _without_password(self, file: BatchFile) -> BatchFile:
        if file.file is None or file.file.media_type != FileType.PDF.media_type:
            return file
        try:
            await self._intake.require_no_password(file.file.blob_key, FileType.PDF)
        except Rejected as err:
            await self._intake.delete([file.file.blob_key])
            return BatchFile(resume_id=file.resume_id, filename=file.filename, refusal=str(err))
        return file

    def _unpack(self, key: str, entries: list[BatchFile]) -> None:
        """In a worker thread: each member to an object of its own."""
        room = self._max_files - len(self.files)
        with open_blob(self._intake.blobs, key) as file:
            for member in members(file, max_members=room, max_bytes=max(self._bytes_left, 0)):
                entries.append(self._unpack_member(member))

    def _unpack_member(self, member: Member) -> BatchFile:
        resume_id = self._ids.new()
        key = new_blob_key(resume_id)
        try:
            size, sha256 = self._store(key, member.chunks())
            with open_blob(self._intake.blobs, key) as stored:
                file_type = identify_member(stored)
        except Rejected as err:
            with suppress(*STORE_FAILED):  # a writer that was left by an exception may have stored nothing
                obstore.delete(self._intake.blobs, key)
            if isinstance(err, ArchiveRefused):
                raise
            return BatchFile(resume_id=resume_id, filename=member.filename, refusal=str(err))
        return BatchFile(
            resume_id=resume_id, filename=member.filename, file=stored_file(key, file_type, size, sha256)
        )

    def _store(self, key: str, chunks: Iterator[bytes]) -> tuple[int, str]:
        digest = hashlib.sha256()
        size = 0
        # Leaving it closes it, also on an exception: a closed writer can be undone.
        with obstore.open_writer(self._intake.blobs, key, buffer_size=WRITE_BUFFER_BYTES) as writer:
            for chunk in chunks:
                size += len(chunk)
                if size > self._intake.max_file_bytes:
                    raise TooLarge.than(self._intake.max_file_bytes)
                digest.update(chunk)
                writer.write(chunk)
        return size, digest.hexdigest()

    def _append(self, file: BatchFile) -> None:
        self.files.append(file)
        if file.file is not None:
            self._bytes_left -= file.file.size_bytes
        if len(self.files) > self._max_files:
            raise self._too_many_files()
        if self._bytes_left < 0:
            raise self._too_large()

    def _too_many_files(self) -> Problem:
        return _beyond(f"Upload at most {self._max_files} files at once, those in archives included.")

    def _too_large(self) -> Problem:
        return _beyond(f"Upload at most {self._max_bytes // 2**20} MiB at once, unpacked.")

    @property
    def stored_keys(self) -> list[str]:
        return [file.file.blob_key for file in self.files if file.file is not None]

    async def discard(self) -> None:
        """Deletes what was stored: the batch did not come about."""
        await self._intake.delete([*{*self.stored_keys, *self._unpacked_keys}])


def _beyond(detail: str) -> Problem:
    return Problem(status_code=HTTP_413_REQUEST_ENTITY_TOO_LARGE, detail=detail)
