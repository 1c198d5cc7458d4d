"""Who was erased, and came from a folder in Google Drive, does not come back from there."""

from collections.abc import Callable

import pytest
from e2e import documents
from e2e.api import Api
from e2e.background_loop import BackgroundLoop
from e2e.candidates import until_status
from e2e.deployment import Deployment
from e2e.drive import SyncedFolder, mails_of, synced_folder, until_so
from e2e.erasure.traces import traces
from support.stand_in_drive import StandInDrive
from support.stand_in_drive.resumes import docx, person, resume

NAME, MAIL, FILENAME = "Quillon Hartsmere", "qhartsmere@mail.example", "hartsmere-cv.docx"
WORDS = ["quillon", "hartsmere", MAIL]
OF_THE_FILE = ("drive_sync.files", "drive_sync.imports", "drive_sync.run_errors", "drive_sync.places")


@pytest.fixture
def folder(
    embedded: Deployment, google: StandInDrive, recruiter_of: Callable[[Deployment], Api]
) -> SyncedFolder:
    folder = synced_folder(google, recruiter_of(embedded))
    folder.api.secrets.add(NAME, MAIL, "hartsmere")
    return folder


def test_nothing_is_left_of_a_file_whose_person_is_erased_and_no_run_brings_it_back(
    folder: SyncedFolder, embedded: Deployment, loop: BackgroundLoop
) -> None:
    lines = [NAME, MAIL, "Experience", "Welder, Hallmark Works, 2019 - 2021"]
    file_id = folder.files.add_file(FILENAME, docx(lines), folder.folder_id)
    folder.add(0)
    folder.set_up()
    folder.run_once()
    # Of a version that cannot be read a run tells by its name.
    folder.files.set_content(file_id, documents.pdf_of_size(3000))
    (error,) = folder.run_once()["errors"]
    assert error["file_name"] == FILENAME
    known_by = traces(embedded, loop, [*WORDS, file_id])
    assert {"drive_sync.files", "drive_sync.imports", "gateway.drive_runs"} <= known_by.keys()

    erase(folder, MAIL)

    assert traces(embedded, loop, WORDS) == {}
    assert not {*OF_THE_FILE, "gateway.drive_runs"} & traces(embedded, loop, [file_id]).keys()
    assert [run["errors"] for run in folder.runs()] == [[], []]

    folder.forget()
    folder.files.set_content(file_id, docx([*lines, "2022"]))
    changes = folder.run_once()
    folder.files.lose_changes()
    full = folder.run_once()
    folder.api.http.delete(folder.path).raise_for_status()
    folder.set_up()
    anew = folder.run_once()
    assert [run["passed_over"] for run in (changes, full, anew)] == [{"erased": 1}] * 3
    assert file_id not in folder.asked().fetches
    folder.until_mails(mails_of(0))
    assert traces(embedded, loop, WORDS) == {}


def test_who_is_erased_while_the_file_is_fetched_again_is_not_brought_back(folder: SyncedFolder) -> None:
    (file_id,) = folder.add(0)
    folder.set_up()
    folder.run_once()
    folder.files.set_content(file_id, resume(0, "pdf"))
    folder.google.faults.add("files.media", "held", item_id=file_id)
    run_id = folder.trigger()
    until_so(folder.google.faults.held, lambda held: held == 1)
    try:
        erase(folder, person(0).mail)
    finally:
        folder.google.faults.clear()
    run = folder.until_over(run_id)
    assert (run["status"], run["files_synced"], run["passed_over"]) == ("completed", 0, {"erased": 1})
    assert folder.run_once()["files_found"] == 0
    assert folder.candidates() == []


def erase(folder: SyncedFolder, mail: str) -> None:
    """Returns when the erasure is complete."""
    (candidate_id,) = (each["candidate_id"] for each in folder.candidates() if each["email"] == mail)
    answer = folder.api.http.delete(f"/api/resumes/candidates/{candidate_id}").raise_for_status()
    path = f"/api/admin/erasures/{answer.json()['erasure_id']}"
    proof = until_so(lambda: folder.api.http.get(path).json(), lambda proof: proof.get("is_complete"))
    assert proof["services"]["drive_sync"]
    until_status(folder.api, candidate_id, 404)
