"""Connecting a Google Drive, by a browser between two servers."""

from collections.abc import Callable
from pathlib import Path

from e2e.api import Api
from e2e.deployment import Deployment
from e2e.drive_consent import CALLBACK, began, come_back, connected, led_back
from e2e.refusals import assert_refused
from support.stand_in_drive import StandInDrive


def test_a_drive_is_connected_without_anybody_handling_tokens(google: StandInDrive, recruiter: Api) -> None:
    connection_id = connected(google, recruiter)
    (shown,) = recruiter.read("/api/google-drive/connections")
    assert shown["connection_id"] == connection_id
    recruiter.http.delete(f"/api/google-drive/connections/{connection_id}").raise_for_status()
    assert recruiter.read("/api/google-drive/connections") == []


def test_nobody_has_a_stranger_s_drive_connected_by_sending_them_an_address(
    deployment: Deployment, google: StandInDrive, recruiter_of: Callable[[Deployment], Api]
) -> None:
    attacker, victim = recruiter_of(deployment), recruiter_of(deployment)
    back = led_back(google, attacker, began(attacker))
    assert_refused(come_back(victim, back), 400)
    assert attacker.read("/api/google-drive/connections") == []
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
