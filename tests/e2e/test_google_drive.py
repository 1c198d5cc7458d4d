"""A folder in Google Drive becomes candidates, and what changes in it changes them."""

from collections import Counter

import pytest
from e2e import documents
from e2e.api import Api
from e2e.candidates import detail
from e2e.deployment import Deployment
from e2e.drive import SyncedFolder, mails_of, synced_folder, until_so
from support.stand_in_drive import StandInDrive
from support.stand_in_drive.resumes import lines_of, pdf, person, resume

MIB = 2**20
SHEET = "application/vnd.google-apps.spreadsheet"


@pytest.fixture(scope="session")
def deployment(embedded: Deployment) -> Deployment:
    """One: that a sync is the same on the other bus is seen where it is killed."""
    return embedded


@pytest.fixture
def folder(deployment: Deployment, google: StandInDrive, recruiter: Api) -> SyncedFolder:
    return synced_folder(google, recruiter)


def test_a_folder_becomes_candidates_and_says_what_it_has_passed_over(folder: SyncedFolder) -> None:
    files, inner = folder.files, folder.files.add_folder("20\"25's \\ best", folder.folder_id)
    innermost = files.add_folder("of them", inner)
    elsewhere = files.add_folder("Elsewhere", files.add_user(folder.mail))
    folder.add(*range(8))
    folder.add(8, to=inner)
    folder.add(9, to=innermost)
    files.add_file('O\'Hara "CV" (1).pdf', resume(10, "pdf"), innermost)
    files.add_document("Written in Docs", resume(11), folder.folder_id)
    files.add_shortcut("led to", files.add_file("12.docx", resume(12), elsewhere), folder.folder_id)
    files.add_shortcut("to a folder", elsewhere, folder.folder_id)
    broken = files.add_file("broken.pdf", documents.pdf_of_size(2000), folder.folder_id)
    files.add_file("lies.pdf", documents.xlsx(), folder.folder_id)
    files.add_file("photo.png", b"\x89PNG", folder.folder_id)
    files.add_native("Sheet", SHEET, folder.folder_id)
    files.trash(files.add_file("trashed.pdf", resume(13, "pdf"), folder.folder_id))
    files.add_file("large.pdf", documents.pdf_of_size(11 * MIB), folder.folder_id)
    files.add_file("empty.pdf", b"", folder.folder_id)
    folder.add(99, to=elsewhere)

    before = folder.set_up("daily")
    assert (before["last_sync_at"], before["total_files_synced"]) == (None, 0)
    run = folder.run_once()

    folder.until_mails(mails_of(*range(13)))
    assert {each["source"] for each in folder.candidates()} == {"google_drive"}
    assert (run["status"], run["kind"], run["trigger"]) == ("completed", "full", "manual")
    assert run["passed_over"] == {
        "wrong_type": 2,
        "trashed": 1,
        "too_large": 1,
        "empty": 1,
        "shortcut": 1,
    }
    counted = {name: run[f"files_{name}"] for name in ("found", "synced", "processed", "failed", "waiting")}
    assert counted == {"found": 15, "synced": 15, "processed": 13, "failed": 2, "waiting": 0}
    assert run["progress_percentage"] == 100
    assert {error["file_name"] for error in run["errors"]} == {"broken.pdf", "lies.pdf"}
    assert next(e["reason"] for e in run["errors"] if e["file_id"] == broken)
    sync = folder.sync()
    totals = [sync[f"total_files_{name}"] for name in ("synced", "processed", "failed")]
    assert totals == [15, 13, 2]
    assert sync["last_sync_at"]
    assert (sync["last_error"], sync["next_sync_at"]) == (None, before["next_sync_at"])
    names = {version.filename for version in folder.versions()}
    assert {"O'Hara _CV_ (1).pdf", "Written in Docs.docx", "12.docx"} <= names


def test_a_folder_of_a_shared_drive_is_followed_too(folder: SyncedFolder) -> None:
    drive_id = folder.files.add_shared_drive("Staff", [folder.mail])
    folder.folder_id = folder.files.add_folder("Theirs", drive_id)
    folder.add(0, to=folder.files.add_folder("Inner", folder.folder_id))
    folder.set_up()
    assert folder.run_once()["files_processed"] == 1
    folder.add(1)
    run = folder.run_once()
    assert (run["kind"], run["files_processed"]) == ("changes", 1)
    folder.until_mails(mails_of(0, 1))


def test_the_next_run_asks_for_what_has_changed_and_fetches_nothing_again(folder: SyncedFolder) -> None:
    first, *_ = folder.add(*range(9))
    folder.set_up()
    folder.run_once()
    folder.forget()

    folder.files.touch(first)
    quiet = folder.run_once()

    asked = folder.asked()
    assert asked.fetches == {}
    assert "files.list" not in asked.requests
    assert (quiet["kind"], quiet["files_synced"]) == ("changes", 0)

    (added,) = folder.add(9)
    run = folder.run_once()

    assert folder.asked().fetches == {added: 1}
    assert "files.list" not in folder.asked().requests
    assert (run["files_found"], run["files_synced"]) == (1, 1)
    folder.until_mails(mails_of(*range(10)))


def test_a_changed_file_is_a_new_version_of_the_same_candidate(folder: SyncedFolder) -> None:
    changed, _ = folder.add(0, 1)
    folder.set_up()
    folder.run_once()
    folder.until_mails(mails_of(0, 1))
    before = {version.candidate_id for version in folder.versions()}

    # Of the name as of all else that people are known by, half a word is the same.
    name = f"{person(0).name.split()[0]} Married"
    lines = [name, "married@mail.example", *lines_of(0)[2:-1], "Beekeeping, Welding"]
    folder.api.secrets.add(name, "married@mail.example")
    folder.files.set_content(changed, pdf(lines))
    run = folder.run_once()

    assert (run["files_synced"], run["files_processed"]) == (1, 1)
    versions = until_so(folder.versions, lambda versions: len(versions) == 3)
    assert {version.candidate_id for version in versions} == before
    ((candidate_id, _),) = Counter(version.candidate_id for version in versions).most_common(1)
    until_so(
        lambda: detail(folder.api, candidate_id),
        lambda shown: "Beekeeping" in {skill["name"] for skill in shown["skills"]},
    )
    folder.until_mails({"married@mail.example"} | mails_of(1))


@pytest.mark.parametrize("status", [410, 400])
def test_where_google_has_lost_its_place_all_is_swept_again_and_nothing_doubled(
    folder: SyncedFolder, status: int
) -> None:
    known, *_ = folder.add(*range(8))
    folder.set_up()
    folder.run_once()
    folder.forget()

    folder.files.delete(known)
    (added,) = folder.add(8)
    folder.files.lose_changes(status)
    run = folder.run_once()

    assert folder.asked().fetches == {added: 1}
    assert (run["status"], run["kind"]) == ("completed", "full")
    assert (run["files_found"], run["files_unchanged"], run["files_synced"]) == (8, 7, 1)
    folder.until_mails(mails_of(*range(9)))
    assert len(folder.versions()) == 9
    assert folder.run_once()["kind"] == "changes"


def test_a_file_that_changes_while_it_is_read_is_told_and_read_by_the_next_run(folder: SyncedFolder) -> None:
    folder.add(0)
    large = pdf([*lines_of(1), *(f"Kept the log of depot {number}." for number in range(60_000))])
    late = folder.files.add_file("O'Hara.pdf", large, folder.folder_id)
    folder.set_up()
    folder.google.faults.add("files.media", "held", item_id=late)
    run_id = folder.trigger()
    until_so(folder.google.faults.held, lambda held: held == 1)
    folder.files.set_content(late, resume(1, "pdf"))
    folder.google.faults.release()

    run = folder.until_read(run_id)

    counts = {name: run[f"files_{name}"] for name in ("found", "synced", "not_fetched", "waiting")}
    assert counts == {"found": 2, "synced": 1, "not_fetched": 1, "waiting": 0}
    (error,) = run["errors"]
    assert (error["file_id"], error["file_name"], error["resume_id"]) == (late, "O'Hara.pdf", None)
    assert folder.run_once()["files_synced"] == 1
    folder.until_mails(mails_of(0, 1))
