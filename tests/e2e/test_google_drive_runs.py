"""Who starts a run of a sync, what stops it, and whose it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from e2e.api import Api
from e2e.deployment import Deployment, DistributedDeployment
from e2e.drive import SyncedFolder, mails_of, synced_folder, until_so
from e2e.drive_syncs import SET_UP, SYNCS
from e2e.refusals import assert_refused
from support.stand_in_drive import StandInDrive

RecruiterOf = Callable[[Deployment], Api]


@pytest.fixture
def folder(embedded: Deployment, google: StandInDrive, recruiter_of: RecruiterOf) -> SyncedFolder:
    return synced_folder(google, recruiter_of(embedded))


@contextmanager
def in_the_middle(folder: SyncedFolder, *, files: int) -> Iterator[str]:
    """Of a run: half of so many files are resumes, and four are on their way. Yields the run's id."""
    folder.add(*range(files))
    folder.set_up()
    folder.forget()
    folder.google.faults.add("files.media", "held", times=-1, after=files // 2)
    run_id = folder.trigger()
    try:
        until_so(folder.google.faults.held, lambda held: held >= 4)
        yield run_id
    finally:
        folder.google.faults.clear()


def fetched(folder: SyncedFolder) -> int:
    return sum(folder.asked().fetches.values())


def test_a_pause_ends_a_run_before_its_next_file_and_going_on_brings_the_rest(folder: SyncedFolder) -> None:
    with in_the_middle(folder, files=16) as run_id:
        assert not folder.change(is_active=False)["is_active"]
    run = folder.until_over(run_id)
    assert run["status"] == "cancelled"
    assert fetched(folder) < 16
    assert_refused(folder.api.http.post(f"{folder.path}/sync"), 409)

    folder.change(is_active=True)
    assert folder.run_once()["status"] == "completed"
    folder.until_mails(mails_of(*range(16)))
    assert len(folder.versions()) == 16
    assert folder.sync()["total_files_processed"] == 16


BROUGHT = "SELECT count(*) FROM drive_sync.imports WHERE sync_id = $1"


def test_a_deleted_sync_ends_its_run_and_keeps_what_it_has_brought(
    folder: SyncedFolder, embedded: Deployment
) -> None:
    with in_the_middle(folder, files=16):
        (row,) = embedded.query("drive-sync", BROUGHT, folder.sync_id)
        folder.api.http.delete(folder.path).raise_for_status()
    assert_refused(folder.api.http.get(folder.path), 404)
    assert_refused(folder.api.http.get(f"{folder.path}/runs"), 404)
    assert folder.api.read(SYNCS) == []
    brought = {each["candidate_id"] for each in folder.until_candidates(row["count"])}
    assert brought

    # Set up again, it is another sync, which knows the files no more; the people it does.
    folder.set_up()
    run = folder.run_once()
    assert (run["files_found"], run["status"]) == (16, "completed")
    folder.until_mails(mails_of(*range(16)))
    folder.until_mails(mails_of(*range(16)))
    assert brought < {each["candidate_id"] for each in folder.candidates()}


def test_a_run_that_is_asked_for_again_is_the_same_and_looks_once_more(folder: SyncedFolder) -> None:
    with in_the_middle(folder, files=12) as run_id:
        folder.add(12)
        assert [folder.trigger(), folder.trigger()] == [run_id, run_id]
    run = folder.until_read(run_id)
    assert (run["files_found"], run["files_processed"], run["files_unchanged"]) == (13, 13, 0)
    assert [each["run_id"] for each in folder.runs()] == [run_id]
    folder.until_mails(mails_of(*range(13)))


def test_another_name_and_frequency_disturb_no_run(folder: SyncedFolder) -> None:
    with in_the_middle(folder, files=12) as run_id:
        changed = folder.change(folder_name="Others", sync_frequency="weekly")
    assert folder.until_read(run_id)["files_processed"] == 12
    assert (changed["folder_name"], folder.sync()["sync_frequency"]) == ("Others", "weekly")


def test_a_folder_is_kept_in_sync_once(folder: SyncedFolder) -> None:
    folder.set_up()
    body = {"folder_id": folder.folder_id, "folder_name": "Again", "sync_frequency": "daily"} | folder.grant()
    assert_refused(folder.api.http.post(SET_UP, json=body), 409)
    assert len(folder.api.read(SYNCS)) == 1


def test_a_sync_is_its_recruiter_s_and_nobody_else_s(
    folder: SyncedFolder, embedded: Deployment, recruiter_of: RecruiterOf, candidate_of_it: Api
) -> None:
    folder.add(0)
    folder.set_up()
    run_id = folder.run_once()["run_id"]
    for api, status in ((recruiter_of(embedded), 404), (candidate_of_it, 403)):
        for method, path, body in (
            ("GET", folder.path, None),
            ("PUT", folder.path, {"is_active": False}),
            ("DELETE", folder.path, None),
            ("POST", f"{folder.path}/sync", None),
            ("GET", f"{folder.path}/runs", None),
            ("GET", f"{folder.path}/runs/{run_id}", None),
        ):
            assert_refused(api.http.request(method, path, json=body), status)
    assert folder.sync()["is_active"]
    # Another recruiter may keep the same folder in sync, with another's candidates as the result.
    other = SyncedFolder(folder.google, recruiter_of(embedded), folder_id=folder.folder_id, mail=folder.mail)
    other.set_up()
    other.run_once()
    (theirs,), (ours,) = other.until_candidates(1), folder.until_candidates(1)
    assert theirs["email"] == ours["email"]
    assert theirs["candidate_id"] != ours["candidate_id"]


@pytest.fixture
def candidate_of_it(embedded: Deployment, folder: SyncedFolder) -> Iterator[Api]:
    api = Api(embedded.url, folder.api.secrets)
    yield api.register("candidate").log_in()
    api.close()


DUE = "UPDATE drive_sync.syncs SET next_sync_at = now() - interval '3 days 1 hour' WHERE sync_id = $1"


def test_a_due_sync_runs_once_however_many_look(
    distributed: DistributedDeployment, google: StandInDrive, recruiter_of: RecruiterOf, tmp_path: Path
) -> None:
    folders = [synced_folder(google, recruiter_of(distributed)) for _ in range(3)]
    google.records.forget()
    with distributed.beside("drive-sync", tmp_path):
        for number, folder in enumerate(folders):
            folder.add(number)
            before = folder.set_up("daily")["next_sync_at"]
            distributed.query("drive-sync", DUE, folder.sync_id)
        for number, folder in enumerate(folders):
            (run,) = until_so(folder.runs, lambda runs: runs and runs[0]["ended_at"])
            assert (run["trigger"], run["status"]) == ("schedule", "completed")
            folder.until_mails(mails_of(number))
            # The days that were missed are not caught up with, and the hour stays.
            due = folder.sync()["next_sync_at"]
            assert due > run["ended_at"]
            assert due < before
            assert len(folder.runs()) == 1
    assert list(google.records.read().fetches.values()) == [1, 1, 1]
