"""A run brings the files of a folder, each version once."""

import pytest
from support.memory_source import ROOT, MemoryDrive, rtf
from support.running_syncs import GRANT, OWNER, RunningSync, counts

from hotgigs.chassis.database import Pool


@pytest.fixture
def drive() -> MemoryDrive:
    return MemoryDrive()


@pytest.fixture
async def sync(pool: Pool, drive: MemoryDrive) -> RunningSync:
    sync = RunningSync(pool, drive)
    await sync.set_up()
    return sync


async def test_the_first_run_brings_what_is_in_the_folder_and_its_subfolders(
    sync: RunningSync, drive: MemoryDrive
) -> None:
    inner = drive.add_folder(drive.add_folder())
    files = [drive.add(f"text {n}", parent) for n in range(5) for parent in (ROOT, inner)]
    run = await sync.run()
    assert (run["status"], run["kind"]) == ("completed", "full")
    assert counts(run) == {"found": 10, "synced": 10}
    assert await sync.newly_submitted() == sorted(files)
    assert sync.provider.opened == [(ROOT, GRANT, str(OWNER))]
    contents = {await sync.content_of(each) for each in sync.submitted}
    assert contents == {rtf(f"text {n}") for n in range(5)}
    assert sync.blob_keys() == {each.file.blob_key for each in sync.submitted if each.file}
    assert (await sync.sync())["total_files_synced"] == 10
