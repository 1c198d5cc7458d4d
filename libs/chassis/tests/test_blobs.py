import asyncio
import hashlib
import io
from collections.abc import AsyncIterator
from pathlib import Path

import obstore
import pytest
from hypothesis import given
from hypothesis import strategies as st
from obstore.store import MemoryStore, ObjectStore

from hotgigs.chassis.blobs import WRITE_BUFFER_BYTES, open_blob, open_blobs, write_blob

LARGE = bytes(range(256)) * (WRITE_BUFFER_BYTES // 256 * 2 + 4)


class SourceBroke(Exception):
    pass


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "blobs"


@pytest.fixture(params=["local", "memory"])
def blobs(request: pytest.FixtureRequest, folder: Path) -> ObjectStore:
    return open_blobs(folder.as_uri()) if request.param == "local" else MemoryStore()


async def mib_by_mib(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), 2**20):
        yield content[start : start + 2**20]


async def keys_in(blobs: ObjectStore) -> list[str]:
    return [found["path"] async for page in obstore.list(blobs) for found in page]


@pytest.mark.parametrize("content", [b"", b"short", LARGE], ids=["empty", "short", "several parts"])
async def test_what_is_written_is_there_and_measured(blobs: ObjectStore, content: bytes) -> None:
    written = await write_blob(blobs, "a/b", mib_by_mib(content))
    assert written == (len(content), hashlib.sha256(content).hexdigest())
    assert bytes(await (await obstore.get_async(blobs, "a/b")).bytes_async()) == content


@pytest.mark.parametrize("before_it_breaks", [0, 10, len(LARGE)])
async def test_nothing_is_left_of_an_object_whose_chunks_raise(
    blobs: ObjectStore, folder: Path, before_it_breaks: int
) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        async for chunk in mib_by_mib(LARGE[:before_it_breaks]):
            yield chunk
        raise SourceBroke

    with pytest.raises(SourceBroke):
        await write_blob(blobs, "a/b", chunks())
    assert await keys_in(blobs) == []
    assert [path for path in folder.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("before_it_hangs", [0, 10, len(LARGE)])
async def test_nothing_is_left_of_an_object_whose_writing_is_cancelled(
    blobs: ObjectStore, folder: Path, before_it_hangs: int
) -> None:
    waits = asyncio.Event()

    async def chunks() -> AsyncIterator[bytes]:
        async for chunk in mib_by_mib(LARGE[:before_it_hangs]):
            yield chunk
        waits.set()
        await asyncio.Event().wait()

    writing = asyncio.create_task(write_blob(blobs, "a/b", chunks()))
    await waits.wait()
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    assert await keys_in(blobs) == []
    assert [path for path in folder.rglob("*") if path.is_file()] == []


@given(st.binary(max_size=300), st.lists(st.tuples(st.integers(0, 320), st.integers(0, 320)), max_size=6))
def test_an_opened_object_reads_as_a_file_with_the_same_bytes(
    content: bytes, reads: list[tuple[int, int]]
) -> None:
    blobs = MemoryStore()
    blobs.put("k", content)
    with open_blob(blobs, "k") as file:
        for start, size in reads:
            assert file.seek(start) == start
            assert file.read(size) == content[start : start + size]
        file.seek(-min(7, len(content)), io.SEEK_END)
        assert file.read() == content[len(content) - min(7, len(content)) :]


async def test_an_object_that_is_not_there_raises_file_not_found(blobs: ObjectStore) -> None:
    with pytest.raises(FileNotFoundError):
        await asyncio.to_thread(open_blob, blobs, "nothing")
