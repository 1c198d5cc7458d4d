"""The content of files: in parts, whole, and never of two versions."""

import hashlib
import os

import pytest
from support.google_drive_source import Drives, all_children, content_of, file_in
from support.stand_in_drive import StandInDrive
from support.stand_in_drive.resumes import resume

from hotgigs.drive_sync.sources.entries import SourceFile
from hotgigs.drive_sync.sources.errors import FileGone, FileUnavailable, NotDownloadable
from hotgigs.drive_sync.sources.google_drive.downloads import PART_BYTES

LONG = os.urandom(2 * PART_BYTES + 1)


@pytest.fixture
def folder_id(drive: StandInDrive) -> str:
    return drive.files.add_folder("Resumes")


@pytest.mark.parametrize(
    "content", [b"x", LONG[:PART_BYTES], LONG[: PART_BYTES + 1], LONG], ids=["1", "part", "part+1", "parts"]
)
async def test_a_file_comes_as_it_is(
    drive: StandInDrive, drives: Drives, folder_id: str, content: bytes
) -> None:
    drive.files.add_file("cv.pdf", content, folder_id)
    async with drives.open(folder_id) as folder:
        file = await file_in(folder, folder_id)
        parts = [part async for part in folder.content(file)]
    assert b"".join(parts) == content
    assert max(len(part) for part in parts) <= PART_BYTES
    assert drive.records.read().requests["files.media"] == len(parts)
    assert folder.content_digest(file, "a checksum") == "a checksum"
    assert folder.content_revision(file, hashlib.sha256(content).hexdigest()) == file.revision
    of_another = hashlib.sha256(b"another").hexdigest()
    assert folder.content_revision(file, of_another) == f"sha256:{of_another}"


async def test_an_empty_file_has_no_parts(drive: StandInDrive, drives: Drives, folder_id: str) -> None:
    file_id = drive.files.add_file("cv.pdf", b"", folder_id)
    async with drives.open(folder_id) as folder:
        assert await content_of(folder, SourceFile(file_id=file_id, name="cv.pdf", revision="")) == b""


async def test_a_file_in_a_shared_drive_comes(drive: StandInDrive, drives: Drives) -> None:
    shared_id = drive.files.add_shared_drive("Hiring")
    drive.files.add_file("cv.pdf", b"shared", shared_id)
    async with drives.open(shared_id) as folder:
        assert await content_of(folder, await file_in(folder, shared_id)) == b"shared"


@pytest.mark.parametrize("fault", ["cut", "hang_up", "unavailable", "html_bad_gateway", "user_rate_limit"])
async def test_a_broken_download_goes_on_where_it_stopped(
    drive: StandInDrive, drives: Drives, folder_id: str, fault: str
) -> None:
    drive.files.add_file("cv.pdf", LONG, folder_id)
    drive.faults.add("files.media", fault, after=1, times=3)
    async with drives.open(folder_id) as folder:
        assert await content_of(folder, await file_in(folder, folder_id)) == LONG
    assert drive.faults.left() == 0
    assert set(drive.records.read().fetches.values()) == {1}


async def test_a_token_may_expire_within_a_download(
    drive: StandInDrive, drives: Drives, folder_id: str
) -> None:
    drive.files.add_file("cv.pdf", LONG, folder_id)
    async with drives.open(folder_id) as folder:
        file = await file_in(folder, folder_id)
        parts = folder.content(file)
        read = await anext(parts)
        drive.accounts.expire_access_tokens()
        read += b"".join([part async for part in parts])
    assert read == LONG


@pytest.mark.parametrize("length", [len(LONG), len(LONG) - 1], ids=["as long", "shorter"])
async def test_a_file_that_changes_while_it_is_read_is_not_given(
    drive: StandInDrive, drives: Drives, folder_id: str, length: int
) -> None:
    file_id = drive.files.add_file("cv.pdf", LONG, folder_id)
    async with drives.open(folder_id) as folder:
        parts = folder.content(await file_in(folder, folder_id))
        await anext(parts)
        drive.files.set_content(file_id, os.urandom(length))
        with pytest.raises(FileUnavailable):
            async for _ in parts:
                pass


async def test_parts_of_two_versions_are_found_out_without_entity_tags(
    drive: StandInDrive, drives: Drives, folder_id: str
) -> None:
    """Real answers need not have any; the stand-in's tag is of the MD5 alone."""
    file_id = drive.files.add_file("cv.pdf", LONG, folder_id)
    async with drives.open(folder_id) as folder:
        parts = folder.content(await file_in(folder, folder_id))
        await anext(parts)
        item = drive.files.items[file_id]
        tag = item.md5
        drive.files.set_content(file_id, os.urandom(len(LONG)))
        item.md5 = tag
        with pytest.raises(FileUnavailable):
            async for _ in parts:
                pass


async def test_a_file_that_changed_before_it_is_read_comes_as_it_is_now(
    drive: StandInDrive, drives: Drives, folder_id: str
) -> None:
    file_id = drive.files.add_file("cv.pdf", b"before", folder_id)
    async with drives.open(folder_id) as folder:
        file = await file_in(folder, folder_id)
        drive.files.set_content(file_id, LONG)
        assert await content_of(folder, file) == LONG


async def test_what_is_gone_and_what_is_not_given_is_told_apart(
    drive: StandInDrive, drives: Drives, folder_id: str
) -> None:
    gone_id, locked_id, abusive_id = (
        drive.files.add_file(name, b"%PDF", folder_id) for name in ("gone.pdf", "locked.pdf", "abusive.pdf")
    )
    async with drives.open(folder_id) as folder:
        gone, locked, abusive = await all_children(folder, folder_id)
        drive.files.delete(gone_id)
        drive.files.set_downloadable(locked_id, can_download=False)
        drive.files.set_downloadable(abusive_id, can_download=True, is_abusive=True)
        with pytest.raises(FileGone):
            await content_of(folder, gone)
        for file in (locked, abusive):
            with pytest.raises(NotDownloadable):
                await content_of(folder, file)


async def test_a_file_that_does_not_come_is_given_up_alone(
    drive: StandInDrive, drives: Drives, folder_id: str
) -> None:
    bad_id = drive.files.add_file("bad.pdf", b"bad", folder_id)
    drive.files.add_file("good.pdf", b"good", folder_id)
    drive.faults.add("files.media", "internal", times=-1, item_id=bad_id)
    async with drives.open(folder_id, drive_max_wait_seconds=300) as folder:
        bad, good = await all_children(folder, folder_id)
        with pytest.raises(FileUnavailable):
            await content_of(folder, bad)
        assert await content_of(folder, good) == b"good"
    assert 200 < sum(drives.clock.waits) <= 300


async def test_google_documents_are_exported(drive: StandInDrive, drives: Drives, folder_id: str) -> None:
    drive.files.add_document("Jane's CV", resume(1), folder_id)
    async with drives.open(folder_id) as folder:
        file = await file_in(folder, folder_id)
        assert (file.name, file.size_bytes) == ("Jane's CV.docx", None)
        assert await content_of(folder, file) == resume(1)


async def test_two_exports_of_one_document_are_the_same_content(
    drive: StandInDrive, drives: Drives, folder_id: str
) -> None:
    drive.behave(vary_exports=True)
    file_id = drive.files.add_document("CV", resume(1), folder_id)

    async def export() -> tuple[str, str]:
        async with drives.open(folder_id) as folder:
            file = await file_in(folder, folder_id)
            sha256 = hashlib.sha256(await content_of(folder, file)).hexdigest()
            return sha256, folder.content_digest(file, sha256)

    first, second = await export(), await export()
    assert first[0] != second[0]
    assert first[1] == second[1]
    drive.files.set_content(file_id, resume(2))
    assert (await export())[1] != first[1]


async def test_a_document_has_another_revision_once_it_is_edited(
    drive: StandInDrive, drives: Drives, folder_id: str
) -> None:
    file_id = drive.files.add_document("CV", resume(1), folder_id)
    async with drives.open(folder_id) as folder:
        before = (await file_in(folder, folder_id)).revision
        assert (await file_in(folder, folder_id)).revision == before
        drive.files.set_content(file_id, resume(2))
        assert (await file_in(folder, folder_id)).revision != before


async def test_documents_that_google_does_not_export_are_not_downloadable(
    drive: StandInDrive, drives: Drives, folder_id: str
) -> None:
    drive.files.add_document("Large", os.urandom(10 * 1024 * 1024 + 1), folder_id)
    async with drives.open(folder_id) as folder:
        with pytest.raises(NotDownloadable, match="large"):
            await content_of(folder, await file_in(folder, folder_id))
