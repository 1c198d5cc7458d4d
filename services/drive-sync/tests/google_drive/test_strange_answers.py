"""Answers that Google may give and the stand-in does not, and some that are not Google's at all."""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from support.google_drive_source import Drives, content_of

from hotgigs.contracts.drive_grant import DriveGrant
from hotgigs.drive_sync.sources.entries import Changes, Page, SourceFile
from hotgigs.drive_sync.sources.errors import (
    FileUnavailable,
    FolderUnavailable,
    GrantEnded,
    NotDownloadable,
    SourceAway,
)
from hotgigs.drive_sync.sources.google_drive.downloads import PART_BYTES
from hotgigs.drive_sync.sources.google_drive.folder import GoogleDriveFolder

FILE = SourceFile(file_id="1", name="cv.pdf", revision="")


class Canned:
    """Gives one answer after the other, and the last for ever."""

    def __init__(self) -> None:
        self.answers: list[bytes] = []
        self.requests: list[bytes] = []
        self.url = ""

    def add(self, status: int, body: bytes = b"", **headers: str) -> None:
        head = [f"HTTP/1.1 {status} Said", f"content-length: {len(body)}"]
        head += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self.answers.append("\r\n".join([*head, "", ""]).encode() + body)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            try:
                self.requests.append(await reader.readuntil(b"\r\n\r\n"))
            except (asyncio.IncompleteReadError, ConnectionError):
                break
            writer.write(self.answers.pop(0) if len(self.answers) > 1 else self.answers[0])
        writer.close()


@pytest.fixture
async def google() -> AsyncIterator[Canned]:
    canned = Canned()
    server = await asyncio.start_server(canned.serve, "127.0.0.1", 0)
    canned.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    yield canned
    server.close()


@pytest.fixture
async def folder(google: Canned, drives: Drives) -> AsyncIterator[GoogleDriveFolder]:
    async with drives.open("1", DriveGrant(access_token="token"), drive_api_endpoint=google.url) as folder:
        yield folder
    await drives.close()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b"[1]",
        b'{"error": "of another status"}',
        b'{"error": {"errors": 5}}',
        b'{"error": {"message": 5}}',
        b"\xff\xfe",
    ],
)
async def test_refusals_of_any_shape_are_refusals(
    google: Canned, folder: GoogleDriveFolder, body: bytes
) -> None:
    google.add(403, body)
    with pytest.raises((FolderUnavailable, SourceAway)):
        await folder.cursor()
    with pytest.raises((FileUnavailable, SourceAway)):
        await content_of(folder, FILE)


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"5", b'{"id": 5}', b'{"files": []}'])
async def test_answers_of_any_shape_are_asked_for_again(
    google: Canned, drives: Drives, folder: GoogleDriveFolder, body: bytes
) -> None:
    google.add(200, body)
    with pytest.raises(SourceAway):
        await folder.cursor()
    assert drives.clock.waits


async def test_what_unpacks_to_too_much_is_no_answer(google: Canned, folder: GoogleDriveFolder) -> None:
    google.add(200, gzip.compress(b" " * 50_000_000), content_encoding="gzip")
    with pytest.raises(SourceAway):
        await folder.cursor()


async def test_a_date_to_come_back_at_is_kept(
    google: Canned, drives: Drives, folder: GoogleDriveFolder
) -> None:
    later = datetime.now(UTC) + timedelta(seconds=200)
    google.add(503, retry_after=format_datetime(later, usegmt=True))
    google.add(404)
    with pytest.raises(FolderUnavailable):
        await folder.cursor()
    (wait,) = drives.clock.waits
    assert 100 < wait <= 201


@pytest.mark.parametrize("reason", ["accessNotConfigured", "SERVICE_DISABLED"])
async def test_an_api_that_is_not_switched_on_is_for_the_administrator(
    google: Canned, folder: GoogleDriveFolder, reason: str
) -> None:
    error = {"errors": [{"reason": reason}], "details": [{"reason": reason}]}
    google.add(403, json.dumps({"error": error}).encode())
    with pytest.raises(SourceAway, match="administrator"):
        await folder.cursor()


@pytest.mark.parametrize("reason", ["domainPolicy", "insufficientFilePermissions", "fileNotDownloadable"])
async def test_content_that_is_not_given_is_not_downloadable(
    google: Canned, folder: GoogleDriveFolder, reason: str
) -> None:
    google.add(403, json.dumps({"error": {"errors": [{"reason": reason}]}}).encode())
    with pytest.raises(NotDownloadable):
        await content_of(folder, FILE)


async def test_a_server_without_ranges_is_read_in_one_go(google: Canned, folder: GoogleDriveFolder) -> None:
    content = b"x" * (PART_BYTES + 5)
    google.add(200, content)
    parts = [part async for part in folder.content(FILE)]
    assert [len(part) for part in parts] == [PART_BYTES, 5]
    assert len(google.requests) == 1


async def test_parts_are_asked_for_as_they_are_needed(google: Canned, folder: GoogleDriveFolder) -> None:
    google.add(206, b"abc", content_range="bytes 0-2/5")
    google.add(206, b"de", content_range="bytes 3-4/5")
    assert await content_of(folder, FILE) == b"abcde"
    ranges = [request.lower().partition(b"range: bytes=")[2].split(b"-")[0] for request in google.requests]
    assert ranges == [b"0", b"3"]
    assert all(b"accept-encoding: identity" in request.lower() for request in google.requests)


@pytest.mark.parametrize(
    ("body", "content_range"),
    [
        (b"abc", "bytes 1-3/5"),
        (b"abc", "bytes 0-1/2"),
        (b"", "bytes 0-0/5"),
        (b"abc", "bytes 0-2/*"),
        (b"abc", "bytes 0-2/3" + "0" * 5000),
        (b"abc", "bytes 0-2/2"),
        (b"abc", ""),
    ],
)
async def test_another_part_than_asked_for_is_not_taken(
    google: Canned, folder: GoogleDriveFolder, body: bytes, content_range: str
) -> None:
    google.add(206, body, content_range=content_range)
    with pytest.raises(FileUnavailable):
        await content_of(folder, FILE)


@pytest.mark.parametrize(
    ("status", "body", "content_range", "tag"),
    [
        (206, b"de", "bytes 3-4/5", "another"),
        (206, b"def", "bytes 3-5/6", "the same"),
        (206, b"abc", "bytes 0-2/5", "the same"),
        (200, b"abcde", "", "the same"),
        (416, b"", "bytes */2", "the same"),
    ],
)
async def test_a_second_part_of_something_else_is_not_taken(
    google: Canned, folder: GoogleDriveFolder, status: int, body: bytes, content_range: str, tag: str
) -> None:
    google.add(206, b"abc", content_range="bytes 0-2/5", etag="the same")
    google.add(status, body, content_range=content_range, etag=tag)
    with pytest.raises(FileUnavailable, match="changed"):
        await content_of(folder, FILE)


async def test_a_folder_of_a_shared_drive_is_asked_for_in_that_drive(
    google: Canned, folder: GoogleDriveFolder
) -> None:
    google.add(200, b'{"id": "1", "mimeType": "application/vnd.google-apps.folder", "driveId": "D"}')
    google.add(200, b'{"startPageToken": "7"}')
    google.add(200, b'{"files": []}')
    google.add(200, b'{"changes": [], "newStartPageToken": "8"}')
    assert await folder.children("1", None) == Page(entries=[])
    assert await folder.changes("7", None) == Changes(changes=[], cursor="8")
    assert [b"driveId=D" in request for request in google.requests] == [False, True, True, True]
    assert b"corpora=drive&" in google.requests[2]


async def test_a_folder_of_a_shared_drive_may_be_shared_without_the_drive(
    google: Canned, folder: GoogleDriveFolder
) -> None:
    google.add(200, b'{"id": "1", "mimeType": "application/vnd.google-apps.folder", "driveId": "D"}')
    google.add(404)
    google.add(200, b'{"startPageToken": "7"}')
    google.add(200, b'{"files": []}')
    assert await folder.cursor() == "7"
    assert await folder.children("1", None) == Page(entries=[])
    asked_of_the_drive = [b"driveId=D" in request for request in google.requests]
    assert asked_of_the_drive == [False, True, False, False]


@pytest.mark.parametrize(
    ("status", "body", "raised"),
    [
        (400, b'{"error": "invalid_grant", "error_subtype": "invalid_rapt"}', GrantEnded),
        (400, b'{"error": "invalid_grant", "error_description": "Bad Request"}', GrantEnded),
        (400, b'{"error": "invalid_request"}', SourceAway),
        (403, b"<html>", SourceAway),
        (200, b"<html>", SourceAway),
        (200, b"[]", SourceAway),
        (200, b'{"access_token": "new", "expires_in": "soon"}', SourceAway),
    ],
)
async def test_token_endpoints_may_say_strange_things(
    google: Canned, drives: Drives, status: int, body: bytes, raised: type[Exception]
) -> None:
    google.add(status, body)
    grant = DriveGrant(access_token="a", refresh_token="r", expires_at=datetime.now(UTC))
    async with drives.open("1", grant, google_token_uri=google.url) as folder:
        with pytest.raises(raised):
            await folder.cursor()
        assert folder.grant == grant
    await drives.close()


async def test_the_token_is_sent_as_a_header_alone(google: Canned, folder: GoogleDriveFolder) -> None:
    google.add(404)
    with pytest.raises(FolderUnavailable):
        await folder.cursor()
    (request,) = google.requests
    line, _, headers = request.partition(b"\r\n")
    assert b"token" not in line
    assert b"authorization: bearer token\r\n" in headers.lower()
