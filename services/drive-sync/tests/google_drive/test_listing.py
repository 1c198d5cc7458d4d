"""What is in a folder, as the first run sees it."""

import pytest
from msgspec.structs import replace
from support.google_drive_source import Drives, all_children
from support.stand_in_drive import StandInDrive

from hotgigs.drive_sync.sources.entries import PassedOver, SourceFile, SourceFolder
from hotgigs.drive_sync.sources.errors import CursorLost, FolderUnavailable


async def test_every_file_is_listed_once_over_many_pages(drive: StandInDrive, drives: Drives) -> None:
    folder_id = drive.files.add_folder("Resumes")
    drive.files.add_resumes(10, folder_id)
    async with drives.open(folder_id) as folder:
        entries = await all_children(folder, folder_id)
    assert [entry.name for entry in entries] == [f"{number:05d}.docx" for number in range(10)]
    assert drive.records.read().requests["files.list"] == 4


async def test_a_file_is_told_with_its_checksum_and_size(drive: StandInDrive, drives: Drives) -> None:
    folder_id = drive.files.add_folder("Resumes")
    file_id = drive.files.add_file("cv.pdf", b"%PDF-1.4", folder_id)
    async with drives.open(folder_id) as folder:
        (entry,) = await all_children(folder, folder_id)
    assert entry == SourceFile(
        file_id=file_id,
        name="cv.pdf",
        revision=f"sha256:{drive.files.items[file_id].sha256}",
        size_bytes=8,
    )


async def test_subfolders_and_what_is_passed_over_are_told(drive: StandInDrive, drives: Drives) -> None:
    folder_id = drive.files.add_folder("Resumes")
    inner_id = drive.files.add_folder("Old", folder_id)
    photo_id = drive.files.add_file("me.png", b"png", folder_id)
    trashed_id = drive.files.add_file("old.pdf", b"%PDF", folder_id)
    drive.files.trash(trashed_id)
    locked_id = drive.files.add_file("locked.pdf", b"%PDF", folder_id)
    drive.files.set_downloadable(locked_id, can_download=False)
    empty_id = drive.files.add_file("empty.pdf", b"", folder_id)
    large_id = drive.files.add_file("large.pdf", b"x" * 101, folder_id)
    async with drives.open(folder_id, upload_max_bytes=100) as folder:
        entries = await all_children(folder, folder_id)
    assert entries == [
        SourceFolder(folder_id=inner_id),
        PassedOver(file_id=photo_id, name="me.png", reason="wrong_type"),
        PassedOver(file_id=trashed_id, name="old.pdf", reason="trashed"),
        PassedOver(file_id=locked_id, name="locked.pdf", reason="not_downloadable"),
        PassedOver(file_id=empty_id, name="empty.pdf", reason="empty"),
        PassedOver(file_id=large_id, name="large.pdf", reason="too_large"),
    ]


async def test_a_shortcut_is_the_file_it_leads_to(drive: StandInDrive, drives: Drives) -> None:
    folder_id = drive.files.add_folder("Resumes")
    original_id = drive.files.add_file("cv.pdf", b"%PDF", folder_id)
    shortcut_id = drive.files.add_shortcut("link to cv", original_id, folder_id)
    async with drives.open(folder_id) as folder:
        original, by_shortcut = await all_children(folder, folder_id)
    assert isinstance(original, SourceFile)
    assert by_shortcut == replace(original, shortcut_id=shortcut_id)


async def test_a_shortcut_to_what_is_passed_over_says_why(drive: StandInDrive, drives: Drives) -> None:
    folder_id = drive.files.add_folder("Resumes")
    photo_id = drive.files.add_file("me.png", b"png")
    trashed_id = drive.files.add_file("old.pdf", b"%PDF")
    shortcuts = [drive.files.add_shortcut("link", target, folder_id) for target in (photo_id, trashed_id)]
    drive.files.trash(trashed_id)
    async with drives.open(folder_id) as folder:
        entries = await all_children(folder, folder_id)
    assert entries == [
        PassedOver(file_id=photo_id, name="me.png", reason="wrong_type", shortcut_id=shortcuts[0]),
        PassedOver(file_id=trashed_id, name="old.pdf", reason="trashed", shortcut_id=shortcuts[1]),
    ]


async def test_shortcuts_that_lead_to_no_file_are_passed_over(drive: StandInDrive, drives: Drives) -> None:
    folder_id = drive.files.add_folder("Resumes")
    other_id = drive.files.add_folder("Elsewhere")
    deleted_id = drive.files.add_file("deleted.pdf", b"%PDF")
    shortcuts = [
        drive.files.add_shortcut("to a folder", other_id, folder_id),
        drive.files.add_shortcut("to nothing", deleted_id, folder_id),
    ]
    drive.files.delete(deleted_id)
    async with drives.open(folder_id) as folder:
        entries = await all_children(folder, folder_id)
    assert [(entry.file_id, entry.reason) for entry in entries] == [
        (shortcut, "shortcut") for shortcut in shortcuts
    ]


async def test_a_shared_drive_is_listed(drive: StandInDrive, drives: Drives) -> None:
    shared_id = drive.files.add_shared_drive("Hiring")
    folder_id = drive.files.add_folder("Resumes", shared_id)
    drive.files.add_resumes(5, folder_id)
    async with drives.open(folder_id) as folder:
        assert len(await all_children(folder, folder_id)) == 5
    async with drives.open(shared_id) as folder:
        assert await all_children(folder, shared_id) == [SourceFolder(folder_id=folder_id)]


async def test_a_page_that_google_knows_no_more_is_lost(drive: StandInDrive, drives: Drives) -> None:
    folder_id = drive.files.add_folder("Resumes")
    async with drives.open(folder_id) as folder:
        with pytest.raises(CursorLost):
            await folder.children(folder_id, "a page of last month")


async def test_a_page_is_the_same_for_another_process(drive: StandInDrive, drives: Drives) -> None:
    shared_id = drive.files.add_shared_drive("Hiring")
    drive.files.add_resumes(6, shared_id)
    async with drives.open(shared_id) as folder:
        first = await folder.children(shared_id, None)
    async with drives.open(shared_id) as folder:
        second = await folder.children(shared_id, first.next_page)
    assert [entry.name for entry in second.entries] == ["00003.docx", "00004.docx", "00005.docx"]


async def test_a_subfolder_that_is_gone_is_not_there(drive: StandInDrive, drives: Drives) -> None:
    folder_id = drive.files.add_folder("Resumes")
    inner_id = drive.files.add_folder("Old", folder_id)
    async with drives.open(folder_id) as folder:
        await folder.cursor()
        drive.files.delete(inner_id)
        with pytest.raises(FolderUnavailable):
            await folder.children(inner_id, None)


async def test_a_folder_is_looked_at_before_a_sweep(drive: StandInDrive, drives: Drives) -> None:
    trashed_id = drive.files.add_folder("Trashed")
    drive.files.trash(trashed_id)
    file_id = drive.files.add_file("cv.pdf", b"%PDF")
    others_id = drive.files.add_user("somebody.else@example.com")
    for folder_id in (trashed_id, file_id, others_id, "no such folder", "it's\\", "", ".."):
        async with drives.open(folder_id) as folder:
            with pytest.raises(FolderUnavailable):
                await folder.cursor()
            with pytest.raises(FolderUnavailable):
                await folder.children(folder_id, None)


async def test_no_address_is_in_what_is_raised(drive: StandInDrive, drives: Drives) -> None:
    async with drives.open("SECRETID") as folder:
        with pytest.raises(FolderUnavailable) as raised:
            await folder.cursor()
    error: BaseException | None = raised.value
    while error is not None:
        assert "SECRETID" not in repr(error)
        assert drive.url not in repr(error)
        error = error.__cause__ or error.__context__
