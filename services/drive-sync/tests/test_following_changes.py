"""After the first run, only what has changed is looked at."""

import pytest
from support.memory_source import OUTSIDE, ROOT, MemoryDrive
from support.running_syncs import RunningSync, counts


@pytest.fixture
async def file(sync: RunningSync, memory_drive: MemoryDrive) -> str:
    """One that is in sync, beside others."""
    file = memory_drive.add("text", memory_drive.add_folder())
    for n in range(3):
        memory_drive.add(f"other {n}")
    await sync.run()
    await sync.newly_submitted()
    return file


async def test_nothing_is_done_where_nothing_has_changed(
    sync: RunningSync, memory_drive: MemoryDrive, file: str
) -> None:
    memory_drive.asked.clear()
    run = await sync.run()
    assert (run["kind"], counts(run)) == ("changes", {})
    assert [asked.split()[0] for asked in memory_drive.asked] == ["cursor", "changes"]


async def test_a_changed_file_replaces_the_resume_that_came_of_it(
    sync: RunningSync, memory_drive: MemoryDrive, file: str
) -> None:
    memory_drive.write(file, "new text")
    assert counts(await sync.run()) == {"found": 1, "synced": 1}
    assert await sync.newly_submitted() == [file]
    files = await sync.files_of(*sync.submitted)
    first = sync.submitted[files.index(file)]
    assert sync.submitted[-1].replaces_resume_id == first.resume_id
    assert first.replaces_resume_id is None


async def test_another_revision_of_the_same_content_is_no_other_version(
    sync: RunningSync, memory_drive: MemoryDrive, file: str
) -> None:
    memory_drive.touch(file)
    blobs = sync.blob_keys()
    assert counts(await sync.run()) == {"found": 1, "unchanged": 1}
    assert memory_drive.fetches[file] == 2
    memory_drive.rename(file, "other.rtf")
    assert counts(await sync.run()) == {"found": 1, "unchanged": 1}
    assert memory_drive.fetches[file] == 2
    assert sync.blob_keys() == blobs


async def test_a_document_that_is_written_anew_for_every_fetch_is_told_by_its_digest(
    sync: RunningSync, memory_drive: MemoryDrive
) -> None:
    document = memory_drive.add("text", is_native=True)
    await sync.run()
    memory_drive.touch(document)
    assert counts(await sync.run()) == {"found": 1, "unchanged": 1}
    memory_drive.write(document, "new text")
    assert counts(await sync.run()) == {"found": 1, "synced": 1}


@pytest.mark.parametrize("change", ["rename", "move"])
async def test_a_file_that_is_renamed_or_moved_within_is_unchanged(
    sync: RunningSync, memory_drive: MemoryDrive, file: str, change: str
) -> None:
    getattr(memory_drive, change)(file, ROOT if change == "move" else "other.rtf")
    assert counts(await sync.run()) == {"found": 1, "unchanged": 1}
    assert memory_drive.fetches[file] == 1
    assert (await sync.ledger())[file] == "submitted"


@pytest.mark.parametrize("way", ["file", "folder"])
async def test_what_moves_out_is_gone_and_back_again_unchanged(
    sync: RunningSync, memory_drive: MemoryDrive, file: str, way: str
) -> None:
    folder = memory_drive.items[file].parent_id
    assert folder is not None
    moved, home = (file, folder) if way == "file" else (folder, ROOT)
    memory_drive.move(moved, OUTSIDE)
    assert counts(await sync.run()) == {}
    assert (await sync.ledger())[file] == "gone"
    memory_drive.write(file, "not seen")
    assert counts(await sync.run()) == {}
    memory_drive.write(file, "text")
    memory_drive.move(moved, home)
    assert counts(await sync.run()) == {"found": 1, "unchanged": 1}
    assert (await sync.ledger())[file] == "submitted"
    assert await sync.newly_submitted() == []


@pytest.mark.parametrize("way", ["file", "folder"])
async def test_what_is_put_in_the_trash_is_counted_and_its_resume_stays(
    sync: RunningSync, memory_drive: MemoryDrive, file: str, way: str
) -> None:
    trashed = file if way == "file" else memory_drive.items[file].parent_id
    assert trashed is not None
    memory_drive.trash(trashed)
    assert counts(await sync.run()) == {"trashed": 1}
    assert (await sync.ledger())[file] == "gone"
    memory_drive.trash(trashed, is_trashed=False)
    assert counts(await sync.run()) == {"found": 1, "unchanged": 1}
    assert await sync.newly_submitted() == []


async def test_a_file_that_is_deleted_is_gone(
    sync: RunningSync, memory_drive: MemoryDrive, file: str
) -> None:
    memory_drive.remove(file)
    assert counts(await sync.run()) == {}
    assert (await sync.ledger())[file] == "gone"


async def test_a_folder_that_comes_brings_what_has_long_been_in_it(
    sync: RunningSync, memory_drive: MemoryDrive, file: str
) -> None:
    folder = memory_drive.add_folder(OUTSIDE)
    inner = memory_drive.add_folder(folder)
    files = [memory_drive.add(f"long there {n}", inner) for n in range(5)]
    assert counts(await sync.run()) == {}
    memory_drive.move(folder, ROOT)
    run = await sync.run()
    assert (run["kind"], counts(run)) == ("changes", {"found": 5, "synced": 5})
    assert await sync.newly_submitted() == sorted(files)
    later = memory_drive.add("later", inner)
    await sync.run()
    assert await sync.newly_submitted() == [later]


async def test_a_file_that_leaves_its_folder_as_that_leaves_stays(
    sync: RunningSync, memory_drive: MemoryDrive, file: str
) -> None:
    folder = memory_drive.items[file].parent_id
    assert folder is not None
    memory_drive.page_size = 100
    memory_drive.move(file, ROOT)
    memory_drive.move(folder, OUTSIDE)
    assert counts(await sync.run()) == {"found": 1, "unchanged": 1}
    assert (await sync.ledger())[file] == "submitted"


async def test_a_file_stays_for_as_long_as_a_shortcut_leads_to_it(
    sync: RunningSync, memory_drive: MemoryDrive, file: str
) -> None:
    shortcut = memory_drive.add_shortcut(file)
    memory_drive.move(file, OUTSIDE)
    await sync.run()
    assert (await sync.ledger())[file] == "submitted"
    memory_drive.write(file, "changed elsewhere")
    await sync.run()
    assert await sync.newly_submitted() == [file]
    memory_drive.trash(file)
    await sync.run()
    assert (await sync.ledger())[file] == "gone"
    memory_drive.trash(file, is_trashed=False)
    await sync.run()
    assert (await sync.ledger())[file] == "submitted"
    memory_drive.remove(shortcut)
    await sync.run()
    assert (await sync.ledger())[file] == "gone"
    assert await sync.newly_submitted() == []


async def test_an_item_that_is_told_of_on_several_pages_counts_once(
    sync: RunningSync, memory_drive: MemoryDrive, file: str
) -> None:
    for n in range(10):
        memory_drive.write(file, f"text {n}")
    assert counts(await sync.run()) == {"found": 1, "synced": 1}
    assert memory_drive.fetches[file] == 2
