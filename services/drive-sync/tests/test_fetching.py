"""What is pending is fetched, some files at once, and each becomes a resume or the ledger says why not."""

import asyncio

import pytest
from support.eventually import eventually
from support.memory_source import MemoryDrive, rtf
from support.running_syncs import OWNER, RunningSync, counts

from hotgigs.chassis.database import Pool
from hotgigs.drive_sync import erasure_store, pending_files, running
from hotgigs.drive_sync.run_store import RunOver

PDF = b"%PDF-1.7\n%%EOF"


async def begun(drive: MemoryDrive, file: str) -> None:
    await drive.begun.setdefault(file, asyncio.Event()).wait()


async def end(work: "asyncio.Task[None]") -> None:
    work.cancel()
    await asyncio.wait([work])


async def test_a_resume_says_whose_it_is_and_where_it_comes_from(
    sync: RunningSync, memory_drive: MemoryDrive
) -> None:
    memory_drive.name(memory_drive.add(PDF), "Ada.pdf")
    await sync.run()
    await sync.told()
    [told] = sync.submitted
    assert (told.owner_user_id, told.database_id, told.source) == (OWNER, OWNER, "google_drive")
    assert (told.sync_id, told.filename, told.refusal) == (sync.sync_id, "Ada.pdf", None)
    assert told.file is not None
    assert (told.file.media_type, told.file.size_bytes) == ("application/pdf", len(PDF))
    assert told.file.blob_key.startswith(f"resumes/{told.resume_id}/")


@pytest.mark.parametrize(
    ("name", "filename"),
    [("Ada", "Ada.pdf"), ("Ada 2.0", "Ada 2.0.pdf"), ("Ada.PDF", "Ada.PDF"), ("Ada.docx", "Ada.docx")],
)
async def test_a_name_without_an_extension_gets_that_of_the_content(
    sync: RunningSync, memory_drive: MemoryDrive, name: str, filename: str
) -> None:
    memory_drive.name(memory_drive.add(PDF), name)
    await sync.run()
    await sync.told()
    assert [each.filename for each in sync.submitted] == [filename]


@pytest.mark.parametrize("content", [b"plain", b"PK\x05\x06" + bytes(18)])
async def test_content_that_is_no_resume_is_submitted_as_refused_and_once(
    sync: RunningSync, memory_drive: MemoryDrive, content: bytes
) -> None:
    file = memory_drive.add(content)
    assert counts(await sync.run()) == {"found": 1, "synced": 1}
    await sync.told()
    [told] = sync.submitted
    assert told.file is None
    assert "upload a PDF, DOCX, DOC or RTF file" in (told.refusal or "")
    assert sync.blob_keys() == set()
    memory_drive.touch(file)
    assert counts(await sync.run()) == {"found": 1, "unchanged": 1}


async def test_what_turns_out_to_be_nothing_to_take_in_is_passed_over(
    sync: RunningSync, memory_drive: MemoryDrive
) -> None:
    empty = memory_drive.add(b"")
    large = memory_drive.add(b"%PDF-" + bytes(sync.settings.upload_max_bytes))
    locked, gone = memory_drive.add("text"), memory_drive.add("text")
    memory_drive.not_downloadable.add(locked)
    memory_drive.vanishing.add(gone)
    file = memory_drive.add("text")
    expected = {"empty": 1, "too_large": 1, "not_downloadable": 1}
    assert counts(await sync.run()) == {"found": 1, "synced": 1, **expected}
    states = {empty: "empty", large: "too_large", locked: "not_downloadable", gone: "gone", file: "submitted"}
    assert await sync.ledger() == states
    assert len(sync.blob_keys()) == 1
    memory_drive.lose_cursors()
    memory_drive.not_downloadable.clear()
    expected = {"empty": 1, "too_large": 1}
    assert counts(await sync.run()) == {"found": 2, "unchanged": 1, "synced": 1, **expected}
    assert memory_drive.fetches[empty] == memory_drive.fetches[large] == 1


async def test_a_file_that_is_not_given_stops_no_other_and_is_tried_again_by_the_next_run(
    sync: RunningSync, memory_drive: MemoryDrive
) -> None:
    files = [memory_drive.add(f"text {n}") for n in range(5)]
    memory_drive.unavailable.add(files[2])
    run = await sync.run()
    assert (run["status"], counts(run)) == ("completed", {"found": 5, "synced": 4, "not_fetched": 1})
    [error] = await sync.pool.fetch("SELECT * FROM run_errors")
    assert (error["file_id"], error["file_name"], error["reason"]) == (
        files[2],
        f"{files[2]}.rtf",
        "The file is locked.",
    )
    memory_drive.unavailable.clear()
    assert counts(await sync.run()) == {"found": 1, "synced": 1}
    assert await sync.newly_submitted() == files


async def test_after_a_kill_only_what_was_in_flight_is_fetched_again(
    sync: RunningSync, memory_drive: MemoryDrive
) -> None:
    files = [memory_drive.add(f"text {n}") for n in range(12)]
    memory_drive.gates = {file: asyncio.Event() for file in files[5:]}
    lost = asyncio.create_task(running.run(await sync.start(), sync.resources))
    for file in files[5:9]:
        await begun(memory_drive, file)
    await eventually(lambda: _submitted(sync, 5))
    await end(lost)
    memory_drive.gates = {}
    run = await sync.go_on(await sync.take_over())
    assert counts(run) == {"found": 12, "synced": 12}
    assert await sync.newly_submitted() == files
    assert memory_drive.fetches == {file: 2 if file in files[5:9] else 1 for file in files}
    assert len(sync.blob_keys()) == 12


async def test_a_process_whose_run_was_taken_over_writes_nothing_more(
    sync: RunningSync, memory_drive: MemoryDrive
) -> None:
    files = [memory_drive.add(f"text {n}") for n in range(6)]
    memory_drive.gates = {files[0]: asyncio.Event()}
    gate = memory_drive.gates[files[0]]
    slow = asyncio.create_task(running.run(await sync.start(), sync.resources))
    await eventually(lambda: _submitted(sync, 5))
    memory_drive.gates = {}
    run = await sync.go_on(await sync.take_over())
    gate.set()
    with pytest.raises(RunOver):
        await slow
    assert await sync.run_of(run["run_id"]) == run
    assert counts(run) == {"found": 6, "synced": 6}
    assert await sync.newly_submitted() == files
    assert len(sync.blob_keys()) == 6


async def test_a_run_that_is_called_off_ends_before_its_next_file(
    sync: RunningSync, memory_drive: MemoryDrive
) -> None:
    files = [memory_drive.add(f"text {n}") for n in range(12)]
    memory_drive.gates = {file: asyncio.Event() for file in files[2:]}
    work = asyncio.create_task(running.run(await sync.start(), sync.resources))
    await begun(memory_drive, files[5])
    await eventually(lambda: _submitted(sync, 2))
    await sync.cancel()
    memory_drive.gates[files[2]].set()
    with pytest.raises(RunOver):
        await work
    assert await sync.newly_submitted() == files[:2]
    assert set(memory_drive.fetches) == set(files[:6])
    memory_drive.gates = {}
    assert counts(await sync.run()) == {"found": 10, "synced": 10}
    assert await sync.newly_submitted() == files[2:]


async def test_a_deleted_sync_is_left_alone(pool: Pool, memory_drive: MemoryDrive) -> None:
    # One that asks for another file meanwhile may find it out first, and the one in hand is broken off then.
    sync = RunningSync(pool, memory_drive, drive_files_at_once=1)
    await sync.set_up()
    file = memory_drive.add("text")
    memory_drive.gates = {file: asyncio.Event()}
    work = asyncio.create_task(running.run(await sync.start(), sync.resources))
    await begun(memory_drive, file)
    await sync.pool.execute("DELETE FROM syncs")
    memory_drive.gates[file].set()
    with pytest.raises(RunOver):
        await work
    assert await sync.newly_submitted() == []
    assert sync.blob_keys() == set()


async def test_files_of_the_erased_are_not_taken_in(
    sync: RunningSync, memory_drive: MemoryDrive, pool: Pool
) -> None:
    erased, file, late = (memory_drive.add(text) for text in "abc")
    memory_drive.add_shortcut(erased)
    await bury(sync, erased)
    memory_drive.gates = {late: asyncio.Event()}
    work = asyncio.create_task(running.run(await sync.start(), sync.resources))
    await begun(memory_drive, late)
    await bury(sync, late)
    memory_drive.gates[late].set()
    await work
    [run] = await pool.fetch("SELECT * FROM runs")
    assert counts(run) == {"found": 1, "synced": 1, "erased": 2}
    assert await sync.newly_submitted() == [file]
    memory_drive.write(erased, "changed")
    assert counts(await sync.run()) == {"erased": 1}
    memory_drive.lose_cursors()
    assert counts(await sync.run()) == {"found": 1, "unchanged": 1, "erased": 2}
    kept = str(await pool.fetch("SELECT * FROM files")) + str(await pool.fetch("SELECT * FROM places"))
    assert file in kept
    assert erased not in kept
    assert late not in kept


async def test_no_more_is_fetched_than_may_be_unread(
    pool: Pool, memory_drive: MemoryDrive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pending_files, "POLL_S", 0.01)
    sync = RunningSync(pool, memory_drive, drive_most_unread=5, drive_files_at_once=3)
    await sync.set_up()
    files = [memory_drive.add(f"text {n:02}") for n in range(12)]
    work = asyncio.create_task(running.run(await sync.start(), sync.resources))
    for enough in (5, 10, 12):
        await eventually(lambda enough=enough: _submitted(sync, enough))
        unread = await pool.fetchval("SELECT count(*) FROM imports WHERE outcome IS NULL")
        assert unread <= 5
        assert sum(memory_drive.fetches.values()) <= enough
        await sync.read_all()
    await work
    assert await sync.newly_submitted() == files


async def test_a_run_that_waits_for_resumes_to_be_read_can_be_called_off(
    pool: Pool, memory_drive: MemoryDrive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pending_files, "POLL_S", 0.01)
    sync = RunningSync(pool, memory_drive, drive_most_unread=1)
    await sync.set_up()
    for n in range(3):
        memory_drive.add(f"text {n}")
    work = asyncio.create_task(running.run(await sync.start(), sync.resources))
    await eventually(lambda: _submitted(sync, 1))
    await sync.cancel()
    with pytest.raises(RunOver):
        await work


async def test_what_became_of_a_resume_is_not_waited_for_for_ever(
    pool: Pool, memory_drive: MemoryDrive, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync = RunningSync(pool, memory_drive, drive_most_unread=1)
    await sync.set_up()
    memory_drive.add("text")
    await sync.run()
    await pool.execute("UPDATE imports SET resume_id = '0199e0f0-0000-7000-8000-000000000000'")
    memory_drive.add("other")
    assert counts(await sync.run()) == {"found": 1, "synced": 1}


async def bury(sync: RunningSync, file: str) -> None:
    digest = erasure_store.digest_of(OWNER, "google_drive", file)
    async with sync.pool.acquire() as connection:
        await erasure_store.bury(connection, [digest])


async def _submitted(sync: RunningSync, enough: int) -> bool:
    return bool(await sync.pool.fetchval("SELECT count(*) FROM imports") >= enough)


async def test_a_file_that_changes_before_it_is_fetched_and_then_back_is_a_resume_each_time(
    sync: RunningSync, memory_drive: MemoryDrive
) -> None:
    file = memory_drive.add("as listed")

    def change() -> None:
        if memory_drive.asked[-1] == f"content {file}":
            memory_drive.before_call = lambda: None
            memory_drive.write(file, "as fetched")

    memory_drive.before_call = change
    await sync.run()
    memory_drive.write(file, "as listed")
    await sync.run()
    await sync.told()
    assert [await sync.content_of(each) for each in sync.submitted] == [rtf("as fetched"), rtf("as listed")]
