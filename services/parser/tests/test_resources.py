"""Reading a resume's file from the object store."""

from pathlib import Path

import obstore
import pytest

from hotgigs.chassis.blobs import open_blobs
from hotgigs.chassis.errors import DependencyDown
from hotgigs.parser.resources import ObjectUnreadable, Resources


def resources(url: str) -> Resources:
    return Resources(parsing=None, blobs=open_blobs(url), bus=None)  # type: ignore[arg-type]


async def test_a_stored_file_is_read_whole(tmp_path: Path) -> None:
    reader = resources(f"file://{tmp_path}")
    await obstore.put_async(reader.blobs, "resumes/one", b"content")
    assert await reader.read_blob("resumes/one") == b"content"


async def test_a_file_that_is_not_there_is_none(tmp_path: Path) -> None:
    assert await resources(f"file://{tmp_path}").read_blob("resumes/none") is None


async def test_one_unreadable_file_does_not_count_as_the_store_being_away(tmp_path: Path) -> None:
    reader = resources(f"file://{tmp_path}")
    (tmp_path / "resumes").mkdir()
    (tmp_path / "resumes" / "loop").symlink_to(tmp_path / "resumes" / "loop")
    with pytest.raises(ObjectUnreadable):
        await reader.read_blob("resumes/loop")


async def test_a_store_that_cannot_be_reached_is_away(
    monkeypatch: pytest.MonkeyPatch, unused_tcp_port: int
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "none")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "none")
    monkeypatch.setenv("AWS_ENDPOINT", f"http://127.0.0.1:{unused_tcp_port}")
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    monkeypatch.setenv("AWS_REGION", "none")
    with pytest.raises(DependencyDown):
        await resources("s3://bucket").read_blob("resumes/one")
