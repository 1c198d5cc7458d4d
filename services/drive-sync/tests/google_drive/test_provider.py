import logging

import pytest
from support.google_drive_source import Drives, all_children, content_of, file_in
from support.stand_in_drive import StandInDrive

from hotgigs.drive_sync.sources.errors import GrantEnded, SourceAway
from hotgigs.drive_sync.sources.google_drive.provider import endpoint_of


@pytest.mark.parametrize(
    ("setting", "endpoint"),
    [
        ("https://www.googleapis.com/drive/v3/", "https://www.googleapis.com/drive/v3/"),
        ("http://127.0.0.1:8123", "http://127.0.0.1:8123/drive/v3/"),
        ("http://127.0.0.1:8123/", "http://127.0.0.1:8123/drive/v3/"),
        ("http://drive.example/stand-in/v3", "http://drive.example/stand-in/v3/"),
        ("http://drive.example/stand-in/v3/", "http://drive.example/stand-in/v3/"),
    ],
)
def test_an_endpoint_without_a_path_is_that_of_the_server(setting: str, endpoint: str) -> None:
    assert endpoint_of(setting) == endpoint


async def test_an_endpoint_with_a_path_is_used_as_it_is(drive: StandInDrive, drives: Drives) -> None:
    folder_id = drive.files.add_folder("Resumes")
    async with drives.open(folder_id, drive_api_endpoint=f"{drive.url}/elsewhere/drive") as folder:
        assert await folder.cursor()


async def test_nothing_of_a_user_is_logged(
    drive: StandInDrive, drives: Drives, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    folder_id = drive.files.add_folder("Resumes")
    file_id = drive.files.add_file("Jane Doe.pdf", b"%PDF", folder_id)
    grant = drives.grant(is_expired=True)
    async with drives.open(folder_id, grant) as folder:
        file = await file_in(folder, folder_id)
        for fault in ("user_rate_limit", "html_bad_gateway", "not_json", "cut", "hang_up"):
            drive.faults.add("files.list", fault)
            await all_children(folder, folder_id)
        drive.faults.add("files.media", "internal")
        await content_of(folder, file)
        drive.faults.add("any", "daily_limit")
        with pytest.raises(SourceAway):
            await folder.cursor()
        drive.accounts.revoke()
        with pytest.raises(GrantEnded) as ended:
            await folder.cursor()
    printed = capfd.readouterr()
    said = caplog.text + printed.out + printed.err + repr(ended.value) + repr(folder.grant)
    for secret in (*drive.accounts.tokens_given(), folder_id, file_id, "Jane Doe", drive.url):
        assert secret not in said


async def test_exceptions_lead_to_none_of_the_librarys(drive: StandInDrive, drives: Drives) -> None:
    folder_id = drive.files.add_folder("Resumes")
    drive.faults.add("any", "daily_limit")
    async with drives.open(folder_id) as folder:
        with pytest.raises(SourceAway) as raised:
            await folder.cursor()
    error: BaseException | None = raised.value
    while error is not None:
        assert type(error).__module__.startswith("hotgigs.")
        error = error.__cause__ or error.__context__
