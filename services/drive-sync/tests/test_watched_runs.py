"""Runs over a watched folder, on real files and a real database: the second source that the runs know."""

import os
from pathlib import Path

import pytest
from support.memory_source import ROOT, MemoryDrive, rtf
from support.running_syncs import RunningSync, counts

from hotgigs.chassis.database import Pool
from hotgigs.drive_sync.settings import DriveSyncSettings
from hotgigs.drive_sync.sources.watched_folder import WatchedFolders


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "folder"
    (folder / "2025").mkdir(parents=True)
    (folder / "ada.rtf").write_bytes(rtf("Ada"))
    (folder / "2025" / "bo.rtf").write_bytes(rtf("Bo"))
    (folder / "notes.txt").write_text("call Ada")
    return folder


@pytest.fixture
async def sync(pool: Pool, folder: Path) -> RunningSync:
    sync = RunningSync(pool, MemoryDrive())
    settings = DriveSyncSettings(_env_file=None, watched_folders={ROOT: folder.as_uri()})  # type: ignore[call-arg]
    sync.provider = WatchedFolders(settings)  # type: ignore[assignment]
    await sync.set_up()
    return sync


async def test_each_run_sweeps_and_only_another_content_is_a_new_version(
    sync: RunningSync, folder: Path
) -> None:
    first = await sync.run()
    assert (first["status"], first["kind"]) == ("completed", "full")
    assert counts(first) == {"found": 2, "synced": 2, "wrong_type": 1}
    assert await sync.newly_submitted() == ["2025/bo.rtf", "ada.rtf"]
    assert {each.source for each in sync.submitted} == {"bulk_upload"}
    assert {await sync.content_of(each) for each in sync.submitted} == {rtf("Ada"), rtf("Bo")}

    os.utime(folder / "ada.rtf")
    assert counts(await sync.run()) == {"found": 2, "unchanged": 2, "wrong_type": 1}
    assert await sync.newly_submitted() == []

    (folder / "ada.rtf").write_bytes(rtf("Ada, who has moved"))
    assert counts(await sync.run()) == {"found": 2, "unchanged": 1, "synced": 1, "wrong_type": 1}
    assert await sync.newly_submitted() == ["ada.rtf"]
    before = {each.filename: each.resume_id for each in sync.submitted[:2]}
    assert sync.submitted[-1].replaces_resume_id == before["ada.rtf"]


async def test_what_has_gone_leaves_and_may_come_again(sync: RunningSync, folder: Path) -> None:
    await sync.run()
    (folder / "2025").rename(folder / ".2025")
    await sync.run()
    assert await sync.ledger() == {"ada.rtf": "submitted", "2025/bo.rtf": "gone", "notes.txt": "wrong_type"}
    (folder / ".2025").rename(folder / "2025")
    await sync.run()
    assert (await sync.ledger())["2025/bo.rtf"] == "submitted"
    assert await sync.newly_submitted() == ["2025/bo.rtf", "ada.rtf"], "each once"


async def test_a_folder_that_is_not_there_fails_the_run_and_costs_nothing(
    sync: RunningSync, folder: Path
) -> None:
    await sync.run()
    before = await sync.ledger()
    folder.rename(folder.with_name("away"))
    run = await sync.run()
    assert run["status"] == "failed"
    assert run["error_message"] == "The folder is not there, or not to be read."
    assert (await sync.sync())["is_active"], "it is tried again"
    folder.with_name("away").rename(folder)
    assert counts(await sync.run()) == {"found": 2, "unchanged": 2, "wrong_type": 1}
    assert await sync.ledger() == before


async def test_a_link_that_is_put_in_place_of_a_file_is_not_followed(
    sync: RunningSync, folder: Path, tmp_path: Path
) -> None:
    await sync.run()
    await sync.told()
    (tmp_path / "secret.rtf").write_bytes(rtf("secret"))
    (folder / "ada.rtf").unlink()
    (folder / "ada.rtf").symlink_to(tmp_path / "secret.rtf")
    await sync.run()
    assert await sync.newly_submitted() == []
    assert (await sync.ledger())["ada.rtf"] == "shortcut"
