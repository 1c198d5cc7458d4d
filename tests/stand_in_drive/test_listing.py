from typing import Any

import pytest
from googleapiclient.errors import HttpError
from support.stand_in_drive import StandInDrive

SHARED = {"supportsAllDrives": True, "includeItemsFromAllDrives": True}


def listed(client: Any, q: str, **asked: Any) -> list[str]:
    found: list[str] = []
    page: str | None = None
    while True:
        answer = client.files().list(q=q, pageToken=page, **asked).execute()
        found += [file["name"] for file in answer["files"]]
        page = answer.get("nextPageToken")
        if page is None:
            return found


def test_a_folder_is_listed_in_pages_smaller_than_asked_for(drive: StandInDrive, client: Any) -> None:
    folder = drive.files.add_folder("Resumes")
    names = [f"{number}.pdf" for number in range(5)]
    for name in names:
        drive.files.add_file(name, b"content", folder)
    drive.behave(max_page_size=2)

    assert listed(client, f"'{folder}' in parents", pageSize=1000) == names
    assert drive.records.read().requests["files.list"] == 3


def test_what_comes_and_goes_between_pages_hides_no_other_file(drive: StandInDrive, client: Any) -> None:
    folder = drive.files.add_folder("Resumes")
    ids = [drive.files.add_file(f"{number}.pdf", b"", folder) for number in range(4)]
    first = client.files().list(q=f"'{folder}' in parents", pageSize=2).execute()
    drive.files.delete(ids[0])
    drive.files.add_file("new.pdf", b"", folder)

    page = first["nextPageToken"]
    second = client.files().list(q=f"'{folder}' in parents", pageSize=9, pageToken=page).execute()

    assert [file["name"] for file in second["files"]] == ["2.pdf", "3.pdf", "new.pdf"]


def test_a_page_token_is_good_for_its_question_only(drive: StandInDrive, client: Any) -> None:
    for name in ("a", "b"):
        drive.files.add_file(name, b"")
    page = client.files().list(pageSize=1).execute()["nextPageToken"]

    with pytest.raises(HttpError) as refused:
        client.files().list(q="trashed = true", pageToken=page).execute()

    assert refused.value.status_code == 400
    assert refused.value.error_details[0]["location"] == "pageToken"


def test_names_with_quotes_and_backslashes_are_found(drive: StandInDrive, client: Any) -> None:
    name = r"O'Neil \ Partner's.pdf"
    drive.files.add_file(name, b"")
    drive.files.add_file("other.pdf", b"")
    written = name.replace("\\", "\\\\").replace("'", "\\'")

    assert listed(client, f"name = '{written}'") == [name]


@pytest.mark.parametrize("q", ["'x' in", "name ~ 'a'", "trashed = maybe", "(trashed = true", "name = 'a' b"])
def test_a_malformed_question_is_refused(client: Any, q: str) -> None:
    with pytest.raises(HttpError) as refused:
        client.files().list(q=q).execute()

    assert (refused.value.status_code, refused.value.error_details[0]["location"]) == (400, "q")


def test_questions_are_joined(drive: StandInDrive, client: Any) -> None:
    drive.files.add_file("Anna Keller.pdf", b"")
    drive.files.add_file("Boris Keller.docx", b"")
    drive.files.add_file("Annabel.txt", b"")

    assert listed(client, "name contains 'anna' and mimeType = 'application/pdf'") == ["Anna Keller.pdf"]
    assert listed(client, "not name contains 'anna' and name contains 'keller'") == ["Boris Keller.docx"]
    assert listed(client, "name contains 'nabel'") == []
    assert len(listed(client, "(mimeType = 'text/plain' or name contains 'boris') and trashed = false")) == 2


def test_what_is_in_a_trashed_folder_is_in_the_trash(drive: StandInDrive, client: Any) -> None:
    folder = drive.files.add_folder("Resumes")
    drive.files.add_file("a.pdf", b"", folder)
    drive.files.trash(folder)

    assert listed(client, f"'{folder}' in parents and trashed = false") == []
    assert listed(client, f"'{folder}' in parents and trashed = true") == ["a.pdf"]


def test_shared_drives_are_seen_with_both_flags_only(drive: StandInDrive, client: Any) -> None:
    shared = drive.files.add_shared_drive("Hiring")
    file_id = drive.files.add_file("a.pdf", b"", shared)

    assert listed(client, f"'{shared}' in parents") == []
    assert listed(client, f"'{shared}' in parents", **SHARED) == ["a.pdf"]
    assert listed(client, "trashed = false", corpora="drive", driveId=shared, **SHARED) == ["a.pdf"]
    with pytest.raises(HttpError) as refused:
        client.files().get(fileId=file_id).execute()
    assert refused.value.status_code == 404
    assert client.files().get(fileId=file_id, supportsAllDrives=True, fields="driveId").execute() == {
        "driveId": shared
    }


def test_a_user_sees_own_files_and_what_is_shared_with_them(drive: StandInDrive, client_of: Any) -> None:
    folder = drive.files.add_folder("Resumes")
    drive.files.add_file("a.pdf", b"", folder)
    drive.files.add_user("other@example.com")
    other = client_of(drive.accounts.grant("other@example.com"))

    with pytest.raises(HttpError) as refused:
        listed(other, f"'{folder}' in parents")
    assert refused.value.status_code == 404
    drive.files.share(folder, "other@example.com")
    assert listed(other, f"'{folder}' in parents") == ["a.pdf"]


def test_only_the_fields_asked_for_are_given(drive: StandInDrive, client: Any) -> None:
    drive.files.add_file("a.pdf", b"")

    answer = client.files().list(fields="files(name,capabilities/canDownload,owners/me)").execute()

    assert answer == {
        "files": [{"name": "a.pdf", "capabilities": {"canDownload": True}, "owners": [{"me": True}]}]
    }


@pytest.mark.parametrize("fields", ["files(nmae)", "files(name", "file", "files/name/first", ""])
def test_fields_that_there_are_not_are_refused(client: Any, fields: str) -> None:
    with pytest.raises(HttpError) as refused:
        client.files().list(fields=fields).execute()

    assert refused.value.error_details[0]["location"] == "fields"


def test_a_shortcut_names_its_target(drive: StandInDrive, client: Any) -> None:
    target = drive.files.add_file("a.pdf", b"content")
    shortcut = drive.files.add_shortcut("a", target)

    shown = client.files().get(fileId=shortcut, fields="shortcutDetails,md5Checksum,size").execute()

    assert shown == {"shortcutDetails": {"targetId": target, "targetMimeType": "application/pdf"}}
