import httpx
import pytest
from support.stand_in_drive import RemoteDrive, StandInDrive, drive_process, resumes


def test_a_stand_in_elsewhere_is_edited_and_read_as_one_here() -> None:
    with drive_process() as drive:
        folder = drive.files.add_folder("Resumes")
        (first, _) = drive.files.add_resumes(2, folder, kind="pdf")
        other = drive.files.add_file("a.bin", bytes(range(256)), parent_id=folder)
        grant = drive.accounts.grant()
        drive.faults.add("files.media", "unavailable", item_id=first)
        fields = {"Authorization": f"Bearer {grant.access_token}"}

        refused = httpx.get(f"{drive.api_endpoint}files/{first}?alt=media", headers=fields)
        given = httpx.get(f"{drive.api_endpoint}files/{first}?alt=media", headers=fields)
        binary = httpx.get(f"{drive.api_endpoint}files/{other}?alt=media", headers=fields)

        assert refused.status_code == 503
        assert given.content == resumes.resume(0, "pdf")
        assert binary.content == bytes(range(256))
        record = drive.records.read()
        assert record.fetches == {first: 1, other: 1}
        assert record.tokens_seen == [grant.access_token]
        assert record.statuses == {503: 1, 200: 2}
        assert drive.behave(max_page_size=3).max_page_size == 3


def test_a_mistake_of_a_test_is_told(drive: StandInDrive) -> None:
    remote = RemoteDrive(drive.url)

    with pytest.raises(ValueError, match="no such item"):
        remote.files.rename("no such item", "a")
    with pytest.raises(ValueError, match="no_such_setting"):
        remote.behave(no_such_setting=1)
    with pytest.raises(AttributeError):
        remote.files.audience  # noqa: B018


def test_it_comes_back_where_it_was_with_all_that_it_had() -> None:
    drive = StandInDrive()
    drive.start()
    url, grant = drive.url, drive.accounts.grant()
    drive.files.add_file("a.pdf", b"")
    drive.stop()
    with pytest.raises(httpx.ConnectError):
        httpx.get(url)

    drive.start()
    try:
        answer = httpx.get(f"{url}/drive/v3/files", headers={"Authorization": f"Bearer {grant.access_token}"})
        assert [file["name"] for file in answer.json()["files"]] == ["a.pdf"]
    finally:
        drive.stop()
