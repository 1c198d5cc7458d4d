"""How runs end, and with which grant they run."""

import asyncio

import pytest
from support.eventually import eventually
from support.memory_source import MemoryDrive, Stall
from support.running_syncs import GRANT, OWNER, RunningSync, counts

from hotgigs.contracts import drive_grant
from hotgigs.contracts.drive_grant import DriveGrant
from hotgigs.drive_sync import running

RENEWED = DriveGrant(access_token="second", refresh_token="refresh")


async def test_a_grant_that_has_ended_switches_the_sync_off_and_says_what_to_do(
    sync: RunningSync, memory_drive: MemoryDrive
) -> None:
    memory_drive.is_revoked = True
    run = await sync.run()
    assert (run["status"], run["error_message"]) == ("failed", "Connect it again.")
    row = await sync.sync()
    assert (row["is_active"], row["sealed_grant"], row["last_error"]) == (False, None, "Connect it again.")


async def test_a_grant_that_ends_in_the_middle_leaves_what_was_brought(
    sync: RunningSync, memory_drive: MemoryDrive
) -> None:
    files = [memory_drive.add(f"text {n}") for n in range(8)]
    memory_drive.gates = {file: asyncio.Event() for file in files[2:]}
    work = asyncio.create_task(running.run(await sync.start(), sync.resources))
    await memory_drive.begun.setdefault(files[5], asyncio.Event()).wait()
    memory_drive.is_revoked = True
    for gate in memory_drive.gates.values():
        gate.set()
    await work
    [run] = await sync.pool.fetch("SELECT * FROM runs")
    brought = len(await sync.newly_submitted())
    assert (run["status"], counts(run)) == ("failed", {"found": 8, "synced": brought})
    assert 2 < brought < 8
    assert not (await sync.sync())["is_active"]


async def test_a_grant_that_was_given_meanwhile_is_not_ended(
    sync: RunningSync, memory_drive: MemoryDrive
) -> None:
    memory_drive.stall = stall = Stall(1)
    work = asyncio.create_task(running.run(await sync.start(), sync.resources))
    await stall.reached.wait()
    memory_drive.is_revoked = True
    await sync.pool.execute("UPDATE syncs SET grant_version = grant_version + 1")
    stall.released.set()
    await work
    memory_drive.is_revoked = False
    memory_drive.stall = None
    assert (await sync.sync())["is_active"]
    assert (await sync.go_on(await sync.claim()))["status"] == "completed"


async def test_a_grant_that_this_process_cannot_open_is_kept_for_one_that_can(sync: RunningSync) -> None:
    await sync.pool.execute("UPDATE syncs SET sealed_grant = 'nothing'")
    run = await sync.run()
    assert run["status"] == "failed"
    after = await sync.sync()
    assert (after["is_active"], after["sealed_grant"]) == (True, b"nothing")
    assert "connect it again" in after["last_error"]


async def test_a_renewed_grant_is_kept_while_the_run_goes_on(
    sync: RunningSync, memory_drive: MemoryDrive
) -> None:
    files = [memory_drive.add(f"text {n}") for n in range(2)]
    memory_drive.gates = {file: asyncio.Event() for file in files}
    work = asyncio.create_task(running.run(await sync.start(), sync.resources))
    await memory_drive.begun.setdefault(files[0], asyncio.Event()).wait()
    memory_drive.renewed = RENEWED
    memory_drive.gates[files[0]].set()
    await eventually(lambda: _is_kept(sync, RENEWED))
    memory_drive.gates[files[1]].set()
    await work


@pytest.mark.parametrize("is_away", [False, True])
async def test_a_renewed_grant_is_kept_when_the_run_ends(
    sync: RunningSync, memory_drive: MemoryDrive, is_away: bool
) -> None:
    memory_drive.renewed = RENEWED
    memory_drive.is_away = is_away
    await sync.run()
    assert await _is_kept(sync, RENEWED)


async def test_a_source_that_is_away_fails_the_run_and_the_next_goes_on(
    sync: RunningSync, memory_drive: MemoryDrive
) -> None:
    files = [memory_drive.add(f"text {n}") for n in range(6)]
    memory_drive.gates = {files[0]: asyncio.Event()}
    work = asyncio.create_task(running.run(await sync.start(), sync.resources))
    await memory_drive.begun.setdefault(files[0], asyncio.Event()).wait()
    memory_drive.is_away = True
    memory_drive.gates[files[0]].set()
    await work
    memory_drive.is_away = False
    [run] = await sync.pool.fetch("SELECT * FROM runs")
    assert (run["status"], run["error_message"]) == ("failed", "The source does not answer.")
    assert (await sync.sync())["is_active"]
    left = 6 - len(await sync.newly_submitted())
    assert left > 0
    run = await sync.run()
    assert (run["kind"], counts(run)) == ("changes", {"found": left, "synced": left})
    await sync.told()
    assert sorted(await sync.files_of(*sync.submitted)) == files


async def test_a_run_that_is_asked_for_again_looks_once_more(
    sync: RunningSync, memory_drive: MemoryDrive
) -> None:
    first = memory_drive.add("text")
    memory_drive.gates = {first: asyncio.Event()}
    held = await sync.start()
    work = asyncio.create_task(running.run(held, sync.resources))
    await memory_drive.begun.setdefault(first, asyncio.Event()).wait()
    second = memory_drive.add("other")
    await sync.pool.execute("UPDATE runs SET is_asked_again = true")
    memory_drive.gates[first].set()
    await work
    run = await sync.run_of(held.run_id)
    assert (run["status"], run["kind"], counts(run)) == ("completed", "full", {"found": 2, "synced": 2})
    assert await sync.newly_submitted() == [first, second]


async def test_a_sync_whose_source_is_there_no_more_fails_with_a_word_on_it(sync: RunningSync) -> None:
    await sync.pool.execute("UPDATE syncs SET provider = 'watched_folder'")
    run = await sync.run()
    assert run["status"] == "failed"
    assert "no longer" in run["error_message"]


async def _is_kept(sync: RunningSync, grant: DriveGrant) -> bool:
    sealed = (await sync.sync())["sealed_grant"]
    opened = sync.sealing.open(sealed, context=drive_grant.context_of(OWNER))
    assert drive_grant.grant_in(opened) in (GRANT, grant)
    return drive_grant.grant_in(opened) == grant
