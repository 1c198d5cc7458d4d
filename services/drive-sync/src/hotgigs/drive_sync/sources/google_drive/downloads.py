"""The content of one file, of one version, or not at all."""

import hashlib
import re
from collections.abc import AsyncIterator
from typing import Any, TypeVar

from google_auth_httplib2 import AuthorizedHttp
from googleapiclient.errors import HttpError
from msgspec import Struct

from hotgigs.drive_sync.sources.entries import SourceFile
from hotgigs.drive_sync.sources.errors import FileGone, FileUnavailable, NotDownloadable, SourceError
from hotgigs.drive_sync.sources.google_drive.client import Ask, DriveClient, DriveRefused
from hotgigs.drive_sync.sources.google_drive.documents import digest_of_parts
from hotgigs.drive_sync.sources.google_drive.drive_resources import CHECKSUM_FIELDS, DOCX
from hotgigs.drive_sync.sources.google_drive.entries_of import revision_of
from hotgigs.drive_sync.sources.google_drive.error_shapes import NOT_GIVEN, Refusal
from hotgigs.drive_sync.sources.google_drive.patience import Unanswered
from hotgigs.drive_sync.sources.google_drive.queries import get_file

PART_BYTES = 1024 * 1024

_CONTENT_RANGE = re.compile(r"bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18})")
_TOO_FAR = 416

T = TypeVar("T")


class _Part(Struct, frozen=True):
    content: bytes
    total: int
    tag: str | None


class Export(Struct, frozen=True):
    content: bytes
    sha256: str
    digest: str | None
    """As of `digest_of_parts`."""


async def download(client: DriveClient, file: SourceFile) -> AsyncIterator[bytes]:
    """In parts, each asked for alone: one that does not come is asked for again, and none of those before it.
    Raises FileGone, NotDownloadable or FileUnavailable; the last also at the end, where the parts turn out to
    be of two versions."""
    read_so_far = _Digest(file.revision)
    offset = parts = total = 0
    tag: str | None = None
    while parts == 0 or offset < total:
        part = await _call(client, file, _part(file.file_id, offset, read_so_far))
        if part is None or (parts > 0 and (part.total, part.tag) != (total, tag)):
            raise _changed()
        total, tag = part.total, part.tag
        offset += len(part.content)
        parts += 1
        for start in range(0, len(part.content), PART_BYTES):
            yield part.content[start : start + PART_BYTES]
    if parts > 1 and not read_so_far.is_of(file.revision):
        now = await _call(client, file, get_file(file.file_id, f"id,{CHECKSUM_FIELDS}"))
        if not read_so_far.is_of(revision_of(now)):
            raise _changed()


async def export(client: DriveClient, file: SourceFile) -> Export:
    """A Google document as DOCX, in one piece: exports have no ranges, and 10 MiB at most. Raises as
    `download`."""

    def ask(drive: Any, http: AuthorizedHttp) -> Export:
        content: bytes = drive.files().export_media(fileId=file.file_id, mimeType=DOCX).execute(http=http)
        return Export(content, hashlib.sha256(content).hexdigest(), digest_of_parts(content))

    return await _call(client, file, ask)


class _Digest:
    """Of what has been read, by the checksum that a revision is."""

    def __init__(self, revision: str) -> None:
        self._algorithm = revision.partition(":")[0]
        self._hash = (
            hashlib.new(self._algorithm, usedforsecurity=False)
            if self._algorithm in {"sha256", "md5"}
            else None
        )

    def update(self, content: bytes) -> None:
        if self._hash is not None:
            self._hash.update(content)

    def is_of(self, revision: str) -> bool:
        """True where it cannot be told."""
        return self._hash is None or revision == f"{self._algorithm}:{self._hash.hexdigest()}"


def _part(file_id: str, offset: int, read_so_far: _Digest) -> Ask[_Part | None]:
    """None where Google gives another part than was asked for."""

    def ask(drive: Any, http: AuthorizedHttp) -> _Part | None:
        request = drive.files().get_media(fileId=file_id, supportsAllDrives=True)
        request.headers["range"] = f"bytes={offset}-{offset + PART_BYTES - 1}"
        request.headers["accept-encoding"] = "identity"
        answers: list[Any] = []
        request.add_response_callback(answers.append)
        try:
            content: bytes = request.execute(http=http)
        except HttpError as err:
            if err.status_code == _TOO_FAR and offset == 0:
                return _Part(b"", 0, None)
            raise
        part = _read_part(answers[0], content, offset)
        if part is not None:
            read_so_far.update(part.content)
        return part

    return ask


def _read_part(answer: Any, content: bytes, offset: int) -> _Part | None:
    tag: str | None = answer.get("etag")
    if answer.status == 200:
        return _Part(content, len(content), tag) if offset == 0 else None
    match = _CONTENT_RANGE.fullmatch(answer.get("content-range", ""))
    if match is None:
        return None
    start, last, total = (int(number) for number in match.groups())
    is_asked_for = start == offset and content and last - start + 1 == len(content) and last < total
    return _Part(content, total, tag) if is_asked_for else None


async def _call(client: DriveClient, file: SourceFile, ask: Ask[T]) -> T:
    """One bad file is not the source away: Google still says what it is, or that it is not."""
    try:
        return await client.call(ask)
    except Unanswered:
        if not await client.is_answering(get_file(file.file_id, "id")):
            raise
        raise FileUnavailable("Google Drive did not give the file. The next run tries again.") from None
    except DriveRefused as err:
        raise _meaning(err.refusal) from None


def _meaning(refusal: Refusal) -> SourceError:
    if refusal.status == 404:
        return FileGone("The file is not in Google Drive any more.")
    if "exportSizeLimitExceeded" in refusal.reasons:
        return NotDownloadable("Google Drive does not export documents as large as this one.")
    if refusal.reasons & NOT_GIVEN:
        return NotDownloadable("Google Drive does not let this file be downloaded.")
    if refusal.status == _TOO_FAR:
        return _changed()
    return FileUnavailable("Google Drive refused to give the file. The next run tries again.")


def _changed() -> FileUnavailable:
    return FileUnavailable("The file was changed while it was read. The next run tries again.")
