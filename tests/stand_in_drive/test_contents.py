import io
from typing import Any

import pytest
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaIoBaseDownload
from support.stand_in_drive import StandInDrive
from support.stand_in_drive.items import DOCX


def downloaded(client: Any, file_id: str, chunk_bytes: int = 1024 * 1024) -> bytes:
    held = io.BytesIO()
    download = MediaIoBaseDownload(held, client.files().get_media(fileId=file_id), chunk_bytes)
    done = False
    while not done:
        _, done = download.next_chunk()
    return held.getvalue()


def test_a_file_is_downloaded_in_ranges_and_counted_once(drive: StandInDrive, client: Any) -> None:
    content = bytes(range(256)) * 10
    file_id = drive.files.add_file("a.bin", content)

    assert downloaded(client, file_id, 1000) == content

    record = drive.records.read()
    assert record.requests["files.media"] == 3
    assert record.statuses[206] == 3
    assert record.fetches == record.whole_fetches == {file_id: 1}
    assert record.bytes_sent == len(content)


def test_an_empty_file_has_no_range(drive: StandInDrive, client: Any) -> None:
    file_id = drive.files.add_file("a.bin", b"")

    assert downloaded(client, file_id) == b""
    assert drive.records.read().statuses == {416: 1}


@pytest.mark.parametrize(
    ("asked", "given"),
    [("bytes=2-4", b"234"), ("bytes=7-", b"789"), ("bytes=-2", b"89"), ("bytes=8-99", b"89")],
)
def test_ranges_are_as_http_has_them(drive: StandInDrive, client: Any, asked: str, given: bytes) -> None:
    file_id = drive.files.add_file("a.bin", b"0123456789")
    request = client.files().get_media(fileId=file_id)
    request.headers["range"] = asked

    assert request.execute() == given


def test_a_range_beyond_the_end_is_refused(drive: StandInDrive, client: Any) -> None:
    request = client.files().get_media(fileId=drive.files.add_file("a.bin", b"0123456789"))
    request.headers["range"] = "bytes=10-"

    with pytest.raises(HttpError) as refused:
        request.execute()

    assert refused.value.resp["content-range"] == "bytes */10"


def test_a_changed_file_is_not_continued_in_the_middle(drive: StandInDrive, client: Any) -> None:
    file_id = drive.files.add_file("a.bin", b"0123456789")
    request = client.files().get_media(fileId=file_id)
    request.headers |= {"range": "bytes=5-", "if-range": '"another"'}

    assert request.execute() == b"0123456789"


def test_a_document_is_exported_and_not_downloaded(drive: StandInDrive, client: Any) -> None:
    file_id = drive.files.add_document("Anna", b"a document")

    assert client.files().export(fileId=file_id, mimeType=DOCX).execute() == b"a document"
    with pytest.raises(HttpError) as refused:
        downloaded(client, file_id)
    assert refused.value.error_details[0]["reason"] == "fileNotDownloadable"
    assert drive.records.read().fetches == {file_id: 1}


def test_exports_of_the_same_document_may_differ(drive: StandInDrive, client: Any) -> None:
    file_id = drive.files.add_document("Anna", drive_document())
    drive.behave(vary_exports=True)

    first, second = (client.files().export(fileId=file_id, mimeType=DOCX).execute() for _ in range(2))

    assert first != second


def drive_document() -> bytes:
    from support.stand_in_drive import resumes

    return resumes.resume(1)


def test_what_may_not_be_downloaded_is_refused(drive: StandInDrive, client: Any) -> None:
    file_id = drive.files.add_file("a.pdf", b"content")
    drive.files.set_downloadable(file_id, False)
    with pytest.raises(HttpError) as refused:
        downloaded(client, file_id)
    assert (refused.value.status_code, refused.value.error_details[0]["reason"]) == (
        403,
        "cannotDownloadFile",
    )

    drive.files.set_downloadable(file_id, True, is_abusive=True)
    with pytest.raises(HttpError) as refused:
        downloaded(client, file_id)
    assert refused.value.error_details[0]["reason"] == "cannotDownloadAbusiveFile"


def test_checksums_are_of_the_content(drive: StandInDrive, client: Any) -> None:
    file_id = drive.files.add_file("a.txt", b"abc")
    before = client.files().get(fileId=file_id, fields="md5Checksum,version,headRevisionId").execute()
    drive.files.touch(file_id)
    touched = client.files().get(fileId=file_id, fields="md5Checksum,version,headRevisionId").execute()
    drive.files.set_content(file_id, b"abcd")
    changed = client.files().get(fileId=file_id, fields="md5Checksum,version,headRevisionId").execute()

    assert before["md5Checksum"] == touched["md5Checksum"] == "900150983cd24fb0d6963f7d28e17f72"
    assert before["headRevisionId"] == touched["headRevisionId"] != changed["headRevisionId"]
    assert changed["md5Checksum"] != before["md5Checksum"]
    assert int(before["version"]) < int(touched["version"]) < int(changed["version"])
