from typing import Any

import pytest
from googleapiclient.errors import HttpError
from support.stand_in_drive import StandInDrive

FIELDS = "nextPageToken,newStartPageToken,changes(fileId,removed,file(name,trashed,parents))"


def start(client: Any, **asked: Any) -> str:
    token: str = client.changes().getStartPageToken(**asked).execute()["startPageToken"]
    return token


def changed(client: Any, token: str, **asked: Any) -> tuple[list[Any], str]:
    """All changes since, and where the next begin."""
    found: list[Any] = []
    while True:
        page = client.changes().list(pageToken=token, fields=FIELDS, **asked).execute()
        assert ("nextPageToken" in page) != ("newStartPageToken" in page)
        found += page["changes"]
        if "newStartPageToken" in page:
            return found, page["newStartPageToken"]
        token = page["nextPageToken"]


def test_changes_are_told_once_each_in_pages_the_oldest_first(drive: StandInDrive, client: Any) -> None:
    token = start(client)
    ids = [drive.files.add_file(f"{number}.pdf", b"") for number in range(5)]
    drive.files.rename(ids[1], "last.pdf")
    drive.behave(max_changes_page_size=2)

    found, token = changed(client, token, pageSize=1000)

    assert [change["file"]["name"] for change in found] == ["0.pdf", "2.pdf", "3.pdf", "4.pdf", "last.pdf"]
    assert changed(client, token) == ([], token)


def test_a_folder_that_moves_in_is_one_change(drive: StandInDrive, client: Any) -> None:
    resumes, outside = drive.files.add_folder("Resumes"), drive.files.add_folder("Outside")
    drive.files.add_file("a.pdf", b"", outside)
    token = start(client)
    drive.files.move(outside, resumes)

    found, _ = changed(client, token)

    assert [(change["fileId"], change["file"]["parents"]) for change in found] == [(outside, [resumes])]


def test_trash_and_removal_are_told_apart(drive: StandInDrive, client: Any) -> None:
    trashed, deleted = drive.files.add_file("a.pdf", b""), drive.files.add_file("b.pdf", b"")
    token = start(client)
    drive.files.trash(trashed)
    drive.files.delete(deleted)

    found, _ = changed(client, token)

    assert [change["removed"] for change in found] == [False, True]
    assert found[0]["file"]["trashed"]
    assert "file" not in found[1]


def test_what_is_no_longer_shared_is_removed_for_who_has_lost_it(
    drive: StandInDrive, client: Any, client_of: Any
) -> None:
    folder = drive.files.add_folder("Resumes")
    drive.files.share(folder, "other@example.com")
    other = client_of(drive.accounts.grant("other@example.com"))
    token = start(other)
    drive.files.unshare(folder, "other@example.com")

    assert [change["removed"] for change in changed(other, token)[0]] == [True]
    assert [change["removed"] for change in changed(client, token)[0]] == [False]


def test_other_users_changes_are_not_told(drive: StandInDrive, client: Any) -> None:
    root = drive.files.add_user("other@example.com")
    token = start(client)
    file_id = drive.files.add_file("a.pdf", b"", root)
    drive.files.delete(file_id)

    assert changed(client, token)[0] == []


def test_a_shared_drive_has_a_log_of_its_own(drive: StandInDrive, client: Any) -> None:
    shared = drive.files.add_shared_drive("Hiring")
    flags = {"supportsAllDrives": True, "includeItemsFromAllDrives": True}
    own, of_drive = start(client), start(client, driveId=shared, supportsAllDrives=True)
    file_id = drive.files.add_file("a.pdf", b"", shared)
    drive.files.touch(file_id)

    assert changed(client, own, **flags)[0] == []
    found, of_drive = changed(client, of_drive, driveId=shared, **flags)
    assert [change["fileId"] for change in found] == [file_id]

    drive.files.move(file_id, drive.files.add_user("owner@example.com"))
    assert [c["removed"] for c in changed(client, of_drive, driveId=shared, **flags)[0]] == [True]
    assert [c["removed"] for c in changed(client, own)[0]] == [False]


def test_a_file_that_goes_to_a_shared_drive_leaves_the_users_log(drive: StandInDrive, client: Any) -> None:
    file_id = drive.files.add_file("a.pdf", b"")
    token = start(client)
    drive.files.move(file_id, drive.files.add_shared_drive("Hiring"))

    assert [(c["fileId"], c["removed"]) for c in changed(client, token)[0]] == [(file_id, True)]


def test_who_comes_to_a_shared_drive_and_goes_is_told_without_a_file(
    drive: StandInDrive, client: Any
) -> None:
    token = start(client)
    shared = drive.files.add_shared_drive("Hiring")

    def changes() -> Any:
        return client.changes().list(pageToken=token, supportsAllDrives=True, fields="*").execute()["changes"]

    (come,) = changes()
    assert (come["changeType"], come["drive"]["name"], come["removed"]) == ("drive", "Hiring", False)
    assert "fileId" not in come
    assert "file" not in come
    drive.files.set_members(shared, ["other@example.com"])
    (gone,) = changes()
    assert (gone["driveId"], gone["removed"]) == (shared, True)
    with pytest.raises(HttpError) as refused:
        client.changes().getStartPageToken(driveId=shared, supportsAllDrives=True).execute()
    assert refused.value.status_code == 404


@pytest.mark.parametrize(("status", "reason"), [(410, "fullSyncRequired"), (400, "invalid")])
def test_a_lost_token_is_refused_and_a_new_one_goes_on(
    drive: StandInDrive, client: Any, status: int, reason: str
) -> None:
    token = start(client)
    drive.files.lose_changes(status)

    with pytest.raises(HttpError) as refused:
        changed(client, token)

    assert (refused.value.status_code, refused.value.error_details[0]["reason"]) == (status, reason)
    assert changed(client, start(client))[0] == []


@pytest.mark.parametrize("token", ["nonsense", "0", "999999", "~drive~1"])
def test_a_token_that_was_never_given_is_invalid(client: Any, token: str) -> None:
    with pytest.raises(HttpError) as refused:
        changed(client, token)

    assert refused.value.status_code == 400
