"""What a recruiter has granted of a Google Drive: renewed, ended, given again, and waited for."""

from collections.abc import Callable

import pytest
from e2e.api import Api
from e2e.deployment import Deployment
from e2e.drive import SyncedFolder, mails_of, synced_folder, until_so
from support.stand_in_drive import StandInDrive


@pytest.fixture
def folder(
    embedded: Deployment, google: StandInDrive, recruiter_of: Callable[[Deployment], Api]
) -> SyncedFolder:
    folder = synced_folder(google, recruiter_of(embedded))
    folder.add(*range(4))
    return folder


def test_an_access_token_that_has_expired_is_renewed(folder: SyncedFolder) -> None:
    folder.set_up(expires_in_s=0)
    assert folder.run_once()["files_processed"] == 4
    folder.google.accounts.expire_access_tokens(folder.mail)
    folder.add(4)
    assert folder.run_once()["files_processed"] == 1
    # What was renewed is kept for the next run.
    folder.forget()
    assert folder.run_once()["status"] == "completed"
    assert "token" not in folder.asked().requests


def test_an_access_token_that_expires_every_few_requests_holds_up_no_run(folder: SyncedFolder) -> None:
    folder.forget()
    folder.google.behave(requests_per_access_token=8)
    try:
        folder.add(*range(4, 20))
        folder.set_up()
        assert folder.run_once()["files_processed"] == 20
        assert len(folder.asked().tokens_seen) > 2
    finally:
        folder.google.behave(requests_per_access_token=None)


def test_a_grant_that_is_taken_back_switches_the_sync_off_until_it_is_given_again(
    folder: SyncedFolder,
) -> None:
    folder.set_up("daily")
    folder.run_once()
    folder.google.accounts.revoke(folder.mail)
    folder.add(4)

    run = folder.until_over(folder.trigger())

    sync = until_so(folder.sync, lambda sync: not sync["is_active"])
    assert (run["status"], run["error_message"]) == ("failed", sync["last_error"])
    assert "Connect Google Drive again" in sync["last_error"]
    assert sync["next_sync_at"] is None
    refused = folder.api.http.post(f"{folder.path}/sync")
    assert (refused.status_code, refused.json()) == (409, {"detail": sync["last_error"]})
    refused = folder.api.http.put(folder.path, json={"is_active": True})
    assert refused.status_code == 409
    assert "Connect Google Drive again" in refused.json()["detail"]

    again = folder.change(**folder.grant())
    assert again["is_active"]
    assert again["next_sync_at"]
    run = folder.run_once()
    assert (run["kind"], run["files_processed"]) == ("changes", 1)
    assert folder.sync()["last_error"] is None
    folder.until_mails(mails_of(*range(5)))


def test_an_access_token_alone_is_good_for_as_long_as_it_is(folder: SyncedFolder) -> None:
    folder.set_up(is_offline=False)
    assert folder.run_once()["files_processed"] == 4
    folder.google.accounts.expire_access_tokens(folder.mail)
    assert folder.until_over(folder.trigger())["status"] == "failed"
    sync = until_so(folder.sync, lambda sync: not sync["is_active"])
    assert "Connect Google Drive again" in sync["last_error"]


def test_a_folder_that_the_user_cannot_see_is_told_and_nothing_is_switched_off(folder: SyncedFolder) -> None:
    folder.set_up()
    folder.files.trash(folder.folder_id)
    run = folder.until_over(folder.trigger())
    assert run["status"] == "failed"
    sync = until_so(folder.sync, lambda sync: sync["last_error"])
    assert sync["is_active"]
    assert "folder" in sync["last_error"]
    folder.files.untrash(folder.folder_id)
    assert folder.run_once()["files_processed"] == 4
    assert folder.sync()["last_error"] is None


def test_google_asking_to_be_left_alone_and_failing_holds_a_run_up_and_fails_none(
    folder: SyncedFolder,
) -> None:
    folder.forget()
    faults = folder.google.faults
    faults.add("files.list", "too_many_requests", retry_after_s=1)
    faults.add("files.media", "rate_limit")
    faults.add("files.media", "internal", after=2)
    faults.add("changes.getStartPageToken", "unavailable")
    faults.add("files.media", "cut", after=3, after_bytes=10)
    folder.set_up()
    run = folder.run_once()
    assert (run["status"], run["files_processed"], run["error_count"]) == ("completed", 4, 0)
    assert faults.left() == 0
    assert {429: 1, 403: 1, 500: 1, 503: 1}.items() <= folder.asked().statuses.items()
