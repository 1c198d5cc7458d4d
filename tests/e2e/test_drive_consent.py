"""Connecting a Google Drive, by a browser between two servers."""

from collections.abc import Callable
from pathlib import Path

from e2e.api import Api
from e2e.candidates import new_person, resume_of, until
from e2e.deployment import Deployment
from e2e.drive_consent import CALLBACK, began, come_back, connected, led_back
from e2e.drive_syncs import SET_UP, SYNCS, triggered
from e2e.refusals import assert_refused
from support.stand_in_drive import StandInDrive

CONNECTIONS = "/api/google-drive/connections"


def test_a_drive_is_connected_and_a_folder_of_it_set_up_without_anybody_handling_tokens(
    embedded: Deployment, google: StandInDrive, recruiter_of: Callable[[Deployment], Api]
) -> None:
    recruiter, another = recruiter_of(embedded), recruiter_of(embedded)
    folder_id = google.files.add_folder("Resumes")
    name, content = resume_of(*new_person())
    google.files.add_file(name, content, folder_id)
    connection_id = connected(google, recruiter)
    (shown,) = recruiter.read(CONNECTIONS)
    assert shown["connection_id"] == connection_id
    folder = {
        "folder_id": folder_id,
        "folder_name": "Resumes",
        "sync_frequency": "manual",
        "connection_id": connection_id,
    }
    assert_refused(another.http.post(SET_UP, json=folder), 404)

    sync_id = recruiter.http.post(SET_UP, json=folder).raise_for_status().json()["id"]
    recruiter.http.delete(f"{CONNECTIONS}/{connection_id}").raise_for_status()
    assert recruiter.read(CONNECTIONS) == []
    triggered(recruiter, sync_id)
    until(lambda: recruiter.read(f"{SYNCS}/{sync_id}")["total_files_synced"] == 1)
    assert_refused(recruiter.http.post(SET_UP, json=folder), 404)


def test_nobody_has_a_stranger_s_drive_connected_by_sending_them_an_address(
    deployment: Deployment, google: StandInDrive, recruiter_of: Callable[[Deployment], Api]
) -> None:
    attacker, victim = recruiter_of(deployment), recruiter_of(deployment)
    back = led_back(google, attacker, began(attacker))
    assert_refused(come_back(victim, back), 400)
    assert attacker.read(CONNECTIONS) == []
    assert_refused(come_back(attacker, back), 400)


def test_neither_tokens_nor_what_leads_to_them_are_in_any_file(
    embedded: Deployment, google: StandInDrive, recruiter_of: Callable[[Deployment], Api]
) -> None:
    """The database's own included, where the address of the callback is."""
    api = recruiter_of(embedded)
    connected(google, api)
    url = began(api)
    led_back(google, api, url)
    words = [*google.accounts.tokens_given(), *api.http.cookies.values()]
    assert len(words) > 4
    assert files_with(embedded.folder, f"{api.url}{CALLBACK}") != []
    assert files_with(embedded.folder, *words) == []


def files_with(folder: Path, *words: str) -> list[Path]:
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            if any(word.encode() in content for word in words):
                found.append(path)
    return found
