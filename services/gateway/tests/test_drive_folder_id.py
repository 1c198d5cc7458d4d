"""Whatever of a folder somebody copies out of Google Drive, its id is found."""

import string
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.gateway.drive.folder_id import NoFolder, folder_id_of

ID = "1AbC-dEf_0123456789"
ids = st.text(string.ascii_letters + string.digits + "_-", min_size=1, max_size=200).filter(
    lambda each: each not in ("root", "photos", "appDataFolder")
)


@pytest.mark.parametrize(
    "written",
    [
        ID,
        f"  {ID}\t",
        f"https://drive.google.com/drive/folders/{ID}",
        f"https://drive.google.com/drive/folders/{ID}/",
        f"https://drive.google.com/drive/folders/{ID}?usp=sharing",
        f"https://drive.google.com/drive/folders/{ID}?resourcekey=0-x&usp=drive_link",
        f"https://drive.google.com/drive/folders/{ID}#top",
        f"https://drive.google.com/drive/u/0/folders/{ID}",
        f"https://drive.google.com/drive/mobile/folders/{ID}?usp=sharing",
        f"https://drive.google.com/a/company.example/folders/{ID}",
        f"https://drive.google.com/open?id={ID}&usp=drive_fs",
        f"https://drive.google.com/folderview?usp=sharing&id={ID}",
        f"http://Drive.Google.com/open?id={ID}",
        f"drive.google.com/drive/folders/{ID}",
    ],
)
def test_a_folder_is_known_by_its_id_and_by_its_address(written: str) -> None:
    assert folder_id_of(written) == ID


@pytest.mark.parametrize(
    "written",
    [
        "",
        "My resumes",
        "https://drive.google.com/drive/my-drive",
        "https://drive.google.com/drive/folders/",
        "https://drive.google.com/drive/folders/?id=",
        f"https://drive.google.com/drive/folders/a b/{ID}",
        f"https://drive.example.com/drive/folders/{ID}",
        f"https://drive.google.com@evil.example/drive/folders/{ID}",
        f"https://drive.google.com.evil.example/drive/folders/{ID}",
        f"https://[drive.google.com/drive/folders/{ID}",
        f"ftp://drive.google.com/drive/folders/{ID}",
        f"../{ID}",
        f"{ID}' or '1'='1",
        "a" * 201,
        "root",
        "https://drive.google.com/drive/folders/root",
    ],
)
def test_what_is_no_folder_of_google_drive_is_refused(written: str) -> None:
    with pytest.raises(NoFolder, match=r"^folder_id: "):
        folder_id_of(written)


@given(folder_id=ids, account=st.integers(0, 9))
def test_an_address_means_the_folder_that_is_in_it(folder_id: str, account: int) -> None:
    assert folder_id_of(folder_id) == folder_id
    address = f"https://drive.google.com/drive/u/{account}/folders/{folder_id}?usp=sharing"
    assert folder_id_of(address) == folder_id
    assert folder_id_of(f"https://drive.google.com/open?id={folder_id}") == folder_id


@given(written=st.text(max_size=300) | st.text("/?#:@[]%folders.id=google&drive", max_size=80))
def test_of_any_text_it_is_an_id_or_nothing(written: str) -> None:
    with suppress(NoFolder):
        folder_id = folder_id_of(written)
        assert set(folder_id) <= set(string.ascii_letters + string.digits + "_-")
        assert folder_id in written
