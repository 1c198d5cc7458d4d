"""What has changed since a run, as the next one sees it."""

import pytest
from support.google_drive_source import Drives, all_changes
from support.stand_in_drive import StandInDrive

from hotgigs.drive_sync.sources.entries import Change, PassedOver, SourceFile, SourceFolder
from hotgigs.drive_sync.sources.errors import CursorLost, FolderUnavailable


async def test_what_came_after_the_cursor_is_told_once_over_many_pages(
    drive: StandInDrive, drives: Drives
) -> None:
    folder_id = drive.files.add_folder("Resumes")
    drive.files.add_resumes(2, folder_id)
    async with drives.open(folder_id) as folder:
        cursor = await folder.cursor()
        assert cursor is not None
        added = drive.files.add_resumes(7, folder_id, first=2)
        changes, cursor = await all_changes(folder, cursor)
        assert [change.item_id for change in changes] == added
        assert all(isinstance(change.entry, SourceFile) for change in changes)
        assert {change.parent_ids for change in changes} == {(folder_id,)}
        assert await all_changes(folder, cursor) == ([], cursor)


async def test_every_kind_of_change_is_told_for_what_it_is(drive: StandInDrive, drives: Drives) -> None:
    folder_id = drive.files.add_folder("Resumes")
    other_id = drive.files.add_folder("Elsewhere")
    moved_id, trashed_id, deleted_id, changed_id, photo_id = (
        drive.files.add_file(name, b"1", folder_id)
        for name in ("moved.pdf", "trashed.pdf", "deleted.pdf", "changed.pdf", "me.png")
    )
    async with drives.open(folder_id) as folder:
        cursor = await folder.cursor()
        assert cursor is not None
        drive.files.move(moved_id, other_id)
        drive.files.trash(trashed_id)
        drive.files.delete(deleted_id)
        drive.files.set_content(changed_id, b"2")
        drive.files.rename(photo_id, "I.png")
        inner_id = drive.files.add_folder("New", folder_id)
        changes, _ = await all_changes(folder, cursor)
    moved, trashed, deleted, changed, photo, inner = changes
    assert moved.parent_ids == (other_id,)
    assert isinstance(moved.entry, SourceFile)
    assert trashed == Change(item_id=trashed_id, parent_ids=(folder_id,), reason="trashed")
    assert deleted == Change(item_id=deleted_id, reason="removed")
    assert isinstance(changed.entry, SourceFile)
    assert changed.entry.revision == f"sha256:{drive.files.items[changed_id].sha256}"
    assert photo.entry == PassedOver(file_id=photo_id, name="I.png", reason="wrong_type")
    assert inner.entry == SourceFolder(folder_id=inner_id)


async def test_a_new_shortcut_is_told_with_the_file_it_leads_to(drive: StandInDrive, drives: Drives) -> None:
    folder_id = drive.files.add_folder("Resumes")
    target_id = drive.files.add_file("cv.pdf", b"%PDF")
    async with drives.open(folder_id) as folder:
        cursor = await folder.cursor()
        assert cursor is not None
        shortcut_id = drive.files.add_shortcut("link", target_id, folder_id)
        (change,), _ = await all_changes(folder, cursor)
    assert (change.item_id, change.parent_ids) == (shortcut_id, (folder_id,))
    assert isinstance(change.entry, SourceFile)
    assert (change.entry.item_id, change.entry.file_id) == (shortcut_id, target_id)


async def test_changes_of_a_shared_drive_are_those_of_its_own_log(
    drive: StandInDrive, drives: Drives
) -> None:
    shared_id = drive.files.add_shared_drive("Hiring")
    async with drives.open(shared_id) as folder:
        cursor = await folder.cursor()
        assert cursor is not None
        added = drive.files.add_resumes(2, shared_id)
    async with drives.open(shared_id) as folder:
        changes, _ = await all_changes(folder, cursor)
    assert [change.item_id for change in changes] == added


async def test_my_drive_by_its_alias_is_a_parent_by_its_alias(drive: StandInDrive, drives: Drives) -> None:
    async with drives.open("root") as folder:
        cursor = await folder.cursor()
        assert cursor is not None
        drive.files.add_resumes(1)
        (change,), _ = await all_changes(folder, cursor)
    assert change.parent_ids == ("root",)


@pytest.mark.parametrize("status", [410, 400])
async def test_a_cursor_that_google_has_lost_is_lost(
    drive: StandInDrive, drives: Drives, status: int
) -> None:
    folder_id = drive.files.add_folder("Resumes")
    async with drives.open(folder_id) as folder:
        cursor = await folder.cursor()
        assert cursor is not None
        drive.files.lose_changes(status)
        with pytest.raises(CursorLost):
            await folder.changes(cursor, None)


async def test_a_cursor_that_is_not_found_or_never_was_one_is_lost(
    drive: StandInDrive, drives: Drives
) -> None:
    folder_id = drive.files.add_folder("Resumes")
    async with drives.open(folder_id) as folder:
        cursor = await folder.cursor()
        assert cursor is not None
        drive.faults.add("changes.list", "not_found")
        with pytest.raises(CursorLost):
            await folder.changes(cursor, None)
        with pytest.raises(CursorLost):
            await folder.changes("no cursor", None)


async def test_a_folder_that_is_gone_is_no_folder_without_changes(
    drive: StandInDrive, drives: Drives
) -> None:
    folder_id = drive.files.add_folder("Resumes")
    async with drives.open(folder_id) as folder:
        cursor = await folder.cursor()
        assert cursor is not None
        drive.files.trash(folder_id)
        with pytest.raises(FolderUnavailable):
            await folder.cursor()
    async with drives.open(folder_id) as folder:
        with pytest.raises(FolderUnavailable):
            await folder.changes(cursor, None)
