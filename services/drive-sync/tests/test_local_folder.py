"""A watched folder in the file system: what leads out of it, and what is no file."""

import asyncio
import os
import socket
from pathlib import Path

import pytest

from hotgigs.drive_sync.sources.errors import (
    FileGone,
    FileUnavailable,
    FolderUnavailable,
    NotDownloadable,
    SourceError,
)
from hotgigs.drive_sync.sources.local_folder import LocalFolder
from hotgigs.drive_sync.sources.places import Found

SECRET = b"%PDF secret"


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "secret.pdf").write_bytes(SECRET)
    return folder


@pytest.fixture
def inside(tmp_path: Path) -> Path:
    folder = tmp_path / "inside"
    folder.mkdir()
    return folder


async def kinds(folder: Path, path: str = "") -> dict[str, str]:
    found, _ = await LocalFolder(folder).page(path, None)
    return {each.path: each.kind for each in found}


async def read(folder: Path, path: str) -> bytes:
    return b"".join([part async for part in LocalFolder(folder).content(path)])


async def test_links_are_seen_and_not_followed(inside: Path, outside: Path) -> None:
    (inside / "file.pdf").symlink_to(outside / "secret.pdf")
    (inside / "folder").symlink_to(outside)
    (inside / "loop").symlink_to(".")
    (inside / "broken.pdf").symlink_to("nothing")
    assert set((await kinds(inside)).values()) == {"link"}
    for path in ("file.pdf", "folder/secret.pdf", "loop/file.pdf", "broken.pdf"):
        with pytest.raises(FileGone):
            await read(inside, path)
    for path in ("folder", "loop"):
        with pytest.raises(FolderUnavailable):
            await kinds(inside, path)


@pytest.mark.parametrize(
    "path", ["../outside/secret.pdf", "a/../../outside/secret.pdf", "../inside/../outside/secret.pdf"]
)
async def test_no_path_leads_out(inside: Path, outside: Path, path: str) -> None:
    (inside / "a").mkdir()
    with pytest.raises(FileGone):
        await read(inside, path)
    with pytest.raises(FolderUnavailable):
        await kinds(inside, path.rpartition("/")[0])


async def test_an_absolute_path_is_taken_from_the_folder(inside: Path, outside: Path) -> None:
    with pytest.raises(FileGone):
        await read(inside, str(outside / "secret.pdf"))


async def test_the_folder_itself_may_be_a_link(tmp_path: Path, outside: Path) -> None:
    (tmp_path / "link").symlink_to(outside)
    assert await read(tmp_path / "link", "secret.pdf") == SECRET


async def test_what_is_no_file_is_not_waited_for(inside: Path) -> None:
    os.mkfifo(inside / "pipe.pdf")
    (inside / "folder.pdf").mkdir()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(inside / "s.pdf"))
        assert await kinds(inside) == {"pipe.pdf": "other", "s.pdf": "other", "folder.pdf": "folder"}
        for path in ("pipe.pdf", "s.pdf", "folder.pdf"):
            with pytest.raises(FileGone):
                await asyncio.wait_for(read(inside, path), timeout=10)


async def test_a_name_that_is_no_text_is_shown_and_passed_by(inside: Path) -> None:
    (inside / os.fsdecode(b"caf\xe9.pdf")).write_bytes(SECRET)
    assert await kinds(inside) == {"caf\\xe9.pdf": "other"}


async def test_a_file_that_is_written_to_while_it_is_read_is_left_for_the_next_run(inside: Path) -> None:
    (inside / "cv.pdf").write_bytes(bytes(3 * 2**20))
    parts = LocalFolder(inside).content("cv.pdf")
    await anext(parts)
    with (inside / "cv.pdf").open("ab") as file:
        file.write(b"more")
    with pytest.raises(FileUnavailable):
        async for _ in parts:
            pass


@pytest.mark.parametrize("path", ["", "sub"])
async def test_a_folder_that_is_not_there_is_unavailable(tmp_path: Path, path: str) -> None:
    with pytest.raises(FolderUnavailable):
        await LocalFolder(tmp_path / "nothing").page(path, None)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
async def test_what_the_service_may_not_read_is_told_so(inside: Path) -> None:
    (inside / "cv.pdf").write_bytes(SECRET)
    (inside / "cv.pdf").chmod(0)
    with pytest.raises(NotDownloadable):
        await read(inside, "cv.pdf")
    (inside / "sub").mkdir(mode=0)
    with pytest.raises(FolderUnavailable):
        await kinds(inside, "sub")


async def test_no_error_tells_where_the_folder_is(inside: Path) -> None:
    with pytest.raises(SourceError) as gone:
        await read(inside, "x.pdf")
    assert str(inside) not in str(gone.value)


async def test_files_that_differ_only_in_their_times_differ_in_their_revisions(inside: Path) -> None:
    async def revision() -> str:
        ((_, _, revision, _),), _ = await LocalFolder(inside).page("", None)
        return revision

    (inside / "cv.pdf").write_bytes(b"one")
    before, status = await revision(), (inside / "cv.pdf").stat()
    (inside / "cv.pdf").write_bytes(b"two")
    os.utime(inside / "cv.pdf", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert await revision() != before, "also where the time of change has been set back"


async def test_pages_are_in_the_order_of_names_of_whatever_kind(inside: Path) -> None:
    (inside / "b").mkdir()
    for name in ("c.pdf", "a.pdf"):
        (inside / name).write_bytes(b"x")
    found, next_page = await LocalFolder(inside).page("", None)
    assert [each.path for each in found] == ["a.pdf", "b", "c.pdf"]
    assert next_page is None
    found, _ = await LocalFolder(inside).page("", "b")
    assert [Found(each.path, each.kind) for each in found] == [Found("c.pdf", "file")]
