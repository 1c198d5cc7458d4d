"""The first run, and runs of sources that tell no changes, list everything."""

import asyncio

import pytest
from support.memory_source import OUTSIDE, ROOT, MemoryDrive, Stall, rtf
from support.running_syncs import GRANT, OWNER, RunningSync, counts

from hotgigs.drive_sync import running


async def test_all_that_is_in_the_folder_and_its_subfolders_is_brought(
    sync: RunningSync, memory_drive: MemoryDrive
) -> None:
    drive = memory_drive
    inner = drive.add_folder(drive.add_folder())
    files = [drive.add(f"text {n}", parent) for n in range(5) for parent in (ROOT, inner)]
    drive.add("elsewhere", OUTSIDE)
    run = await sync.run()
    assert (run["status"], run["kind"]) == ("completed", "full")
    assert counts(run) == {"found": 10, "synced": 10}
    assert await sync.newly_submitted() == sorted(files)
    assert sync.provider.opened == [(ROOT, GRANT, str(OWNER))]
    assert {await sync.content_of(each) for each in sync.submitted} == {rtf(f"text {n}") for n in range(5)}
    assert sync.blob_keys() == {each.file.blob_key for each in sync.submitted if each.file}
    assert (await sync.sync())["total_files_synced"] == 10


async def test_what_is_added_while_the_folder_is_listed_is_not_missed(
    sync: RunningSync, memory_drive: MemoryDrive
) -> None:
    for n in range(5):
        memory_drive.add(f"text {n}")
    memory_drive.stall = stall = Stall(3)
    work = asyncio.create_task(running.run(await sync.start(), sync.resources))
    await stall.reached.wait()
    late = memory_drive.add("late")
    moved = memory_drive.add("moved", OUTSIDE)
    memory_drive.move(moved, memory_drive.add_folder())
    stall.released.set()
    await work
    memory_drive.stall = None
    await sync.run()
    assert {late, moved} <= set(await sync.newly_submitted())
    assert len(sync.submitted) == 7


async def test_listing_goes_on_at_the_page_where_it_stood(
    sync: RunningSync, memory_drive: MemoryDrive
) -> None:
    for n in range(9):
        memory_drive.add(f"text {n}")
    memory_drive.stall = stall = Stall(4)
    lost = asyncio.create_task(running.run(await sync.start(), sync.resources))
    await stall.reached.wait()
    lost.cancel()
    await asyncio.wait([lost])
    memory_drive.stall = None
    before = list(memory_drive.asked)
    run = await sync.go_on(await sync.take_over())
    assert memory_drive.asked[len(before)] == before[-1] == f"{ROOT} 0:file-006"
    assert counts(run) == {"found": 9, "synced": 9}


async def test_a_folder_whose_page_is_known_no_longer_is_listed_from_its_beginning(
    sync: RunningSync, memory_drive: MemoryDrive
) -> None:
    for n in range(5):
        memory_drive.add(f"text {n}")
    memory_drive.stall = stall = Stall(3)
    work = asyncio.create_task(running.run(await sync.start(), sync.resources))
    await stall.reached.wait()
    memory_drive.lose_cursors()
    stall.released.set()
    await work
    assert len(await sync.newly_submitted()) == 5


async def test_a_file_that_is_there_twice_counts_once(sync: RunningSync, memory_drive: MemoryDrive) -> None:
    folder = memory_drive.add_folder()
    file = memory_drive.add("text")
    memory_drive.add_shortcut(file)
    memory_drive.add_shortcut(file, folder)
    by_shortcut_alone = memory_drive.add("other", OUTSIDE)
    memory_drive.add_shortcut(by_shortcut_alone, folder)
    assert counts(await sync.run()) == {"found": 2, "synced": 2}
    assert await sync.newly_submitted() == sorted([file, by_shortcut_alone])


async def test_what_is_passed_over_is_counted_with_its_reason(
    sync: RunningSync, memory_drive: MemoryDrive
) -> None:
    memory_drive.add("text")
    for reason in ("wrong_type", "wrong_type", "not_downloadable"):
        memory_drive.add("text", passed_over=reason)
    memory_drive.add("text", size_bytes=0)
    memory_drive.add("text", size_bytes=sync.settings.upload_max_bytes + 1)
    memory_drive.add_shortcut(memory_drive.add_folder(OUTSIDE))
    expected = {"wrong_type": 2, "not_downloadable": 1, "empty": 1, "too_large": 1, "shortcut": 1}
    assert counts(await sync.run()) == {"found": 1, "synced": 1, **expected}
    memory_drive.lose_cursors()
    assert counts(await sync.run()) == {"found": 1, "unchanged": 1, **expected}


async def test_a_source_that_tells_no_changes_is_swept_by_every_run(
    sync: RunningSync, memory_drive: MemoryDrive
) -> None:
    memory_drive.has_cursors = False
    stays, changes, leaves = (memory_drive.add(text) for text in "abc")
    await sync.run()
    await sync.newly_submitted()
    memory_drive.write(changes, "d")
    memory_drive.remove(leaves)
    run = await sync.run()
    assert (run["kind"], counts(run)) == ("full", {"found": 2, "synced": 1, "unchanged": 1})
    assert await sync.newly_submitted() == [changes]
    assert await sync.ledger() == {stays: "submitted", changes: "submitted", leaves: "gone"}


async def test_a_lost_cursor_leads_to_a_sweep_that_finds_what_has_left(
    sync: RunningSync, memory_drive: MemoryDrive
) -> None:
    stays, leaves = memory_drive.add("a"), memory_drive.add("b", memory_drive.add_folder())
    await sync.run()
    memory_drive.move(leaves, OUTSIDE)
    memory_drive.lose_cursors()
    run = await sync.run()
    assert (run["kind"], counts(run)) == ("full", {"found": 1, "unchanged": 1})
    assert await sync.ledger() == {stays: "submitted", leaves: "gone"}
    run = await sync.run()
    assert (run["kind"], counts(run)) == ("changes", {})


async def test_a_subfolder_that_is_not_to_be_seen_holds_up_nothing(
    sync: RunningSync, memory_drive: MemoryDrive
) -> None:
    closed = memory_drive.add_folder()
    memory_drive.add("hidden", closed)
    file = memory_drive.add("text")
    memory_drive.unavailable.add(closed)
    assert (await sync.run())["status"] == "completed"
    assert await sync.newly_submitted() == [file]


@pytest.mark.parametrize("has_cursors", [True, False])
async def test_a_folder_that_is_not_there_fails_the_run_and_says_so(
    sync: RunningSync, memory_drive: MemoryDrive, has_cursors: bool
) -> None:
    memory_drive.has_cursors = has_cursors
    file = memory_drive.add("text")
    await sync.run()
    memory_drive.trash(ROOT)
    run = await sync.run()
    assert (run["status"], run["error_message"]) == ("failed", "There is no such folder.")
    assert (await sync.sync())["last_error"] == "There is no such folder."
    assert (await sync.sync())["is_active"]
    memory_drive.trash(ROOT, is_trashed=False)
    assert (await sync.run())["status"] == "completed"
    assert (await sync.sync())["last_error"] is None
    assert await sync.newly_submitted() == [file]


async def test_names_that_cannot_be_kept_or_shown_are_made_safe(
    sync: RunningSync, memory_drive: MemoryDrive
) -> None:
    memory_drive.name(memory_drive.add("text"), "../a\x00b\ud800.rtf")
    memory_drive.name(memory_drive.add("text", passed_over="wrong_type"), "\x00")
    assert counts(await sync.run()) == {"found": 1, "synced": 1, "wrong_type": 1}
    await sync.told()
    assert [each.filename for each in sync.submitted] == ["ab.rtf"]
