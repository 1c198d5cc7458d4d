import asyncio
import io
import zipfile
from collections.abc import AsyncIterator, Sequence
from itertools import pairwise
from typing import Any, cast

import obstore
import pytest
from hypothesis import given
from hypothesis import strategies as st
from obstore.store import MemoryStore

from hotgigs.chassis.workers import worker_pool
from hotgigs.filetypes import FileType
from hotgigs.gateway.errors import Problem
from hotgigs.gateway.idempotency.request_ids import RequestIds
from hotgigs.gateway.uploads.batch import BatchIntake
from hotgigs.gateway.uploads.form import FilePart
from hotgigs.gateway.uploads.intake import Intake, TooLarge

MAX_FILE_BYTES, MAX_ARCHIVE_BYTES = 1000, 4000
PDF = b"%PDF-1.7\n%%EOF\n"

# Where a file's first bytes tell what it is, most of all.
places = st.integers(min_value=0, max_value=3) | st.integers(min_value=0, max_value=MAX_ARCHIVE_BYTES)
cuts = st.lists(places, max_size=8).map(sorted)


def zip_of(*contents: bytes) -> bytes:
    """Stored, and so as large as what is in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number, content in enumerate(contents):
            archive.writestr(f"{number}.pdf", content)
    return buffer.getvalue()


def pdf_of(size: int) -> bytes:
    return b"%PDF-1.7\n".ljust(size - 6, b"\0") + b"%%EOF\n"


def intake(*, max_file_bytes: int = MAX_FILE_BYTES) -> Intake:
    return Intake(MemoryStore(), cast("Any", None), max_file_bytes=max_file_bytes)


def split(content: bytes, cuts: Sequence[int]) -> list[bytes]:
    edges = [0, *(min(cut, len(content)) for cut in cuts), len(content)]
    return [content[a:b] for a, b in pairwise(edges)]


async def in_turn(chunks: Sequence[bytes]) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


def taken(chunks: Sequence[bytes]) -> tuple[FileType, int]:
    async def take() -> tuple[FileType, int]:
        file_type, stored = await intake().take("k", in_turn(chunks), max_archive_bytes=MAX_ARCHIVE_BYTES)
        return file_type, stored.size_bytes

    return asyncio.run(take())


@given(cuts)
def test_however_an_archive_is_cut_into_chunks_it_may_be_larger_than_a_file(cuts: list[int]) -> None:
    archive = zip_of(*[PDF * 60] * 3)
    assert MAX_FILE_BYTES < len(archive) < MAX_ARCHIVE_BYTES
    assert taken(split(archive, cuts)) == (FileType.ZIP, len(archive))


def test_an_archive_that_comes_byte_by_byte_may_be_larger_than_a_file() -> None:
    archive = zip_of(*[PDF * 60] * 3)
    assert taken([archive[at : at + 1] for at in range(len(archive))]) == (FileType.ZIP, len(archive))


@given(cuts)
def test_however_a_file_is_cut_into_chunks_its_limit_is_a_file_s(cuts: list[int]) -> None:
    assert taken(split(pdf_of(MAX_FILE_BYTES), cuts)) == (FileType.PDF, MAX_FILE_BYTES)
    for too_large in (pdf_of(MAX_FILE_BYTES + 1), b"XPK" + zip_of(PDF * 100)):
        with pytest.raises(TooLarge):
            taken(split(too_large, cuts))


async def test_a_file_is_taken_in_though_no_worker_can_be_started_to_check_it() -> None:
    encrypted = b"%PDF-1.7\ntrailer<</Encrypt 1 0 R>>\n%%EOF\n"
    async with worker_pool("no_such_module:run", size=1, memory_limit_bytes=256 * 2**20) as check:
        uploads = Intake(MemoryStore(), check, max_file_bytes=MAX_FILE_BYTES)
        file_type, _ = await uploads.take("k", in_turn([encrypted]))
    assert file_type is FileType.PDF


def refusal_of(files: Sequence[tuple[str, bytes]], *, max_files: int, max_bytes: int) -> str:
    """What the batch as a whole is refused with; nothing is left of it."""

    async def events(content: bytes) -> AsyncIterator[Any]:
        yield content
        yield None

    async def add_all() -> str:
        uploads = intake(max_file_bytes=max_bytes)
        batch = BatchIntake(uploads, RequestIds(), max_files=max_files, max_bytes=max_bytes)
        *taken, (last, content) = files
        for name, good in taken:
            await batch.add(FilePart("files", name, events(good)))
        with pytest.raises(Problem) as refusal:
            await batch.add(FilePart("files", last, events(content)))
        await batch.discard()
        assert refusal.value.status_code == 413
        assert not [found async for page in obstore.list(uploads.blobs) for found in page]
        return refusal.value.detail

    return asyncio.run(add_all())


def test_a_batch_with_too_many_files_hears_of_its_own_limit_wherever_they_are() -> None:
    plain = [(f"{n}.pdf", PDF) for n in range(4)]
    words = "Upload at most 4 files at once, those in archives included."
    for last in [("last.pdf", PDF)], [("all.zip", zip_of(PDF))], [("all.zip", zip_of(PDF, PDF))]:
        assert refusal_of([*plain, *last], max_files=4, max_bytes=2**20) == words
    assert refusal_of([*plain[1:], ("all.zip", zip_of(PDF, PDF))], max_files=4, max_bytes=2**20) == words


def test_a_batch_that_is_too_large_hears_of_its_own_limit_wherever_its_bytes_are() -> None:
    plain = [("0.pdf", pdf_of(2**20)), ("1.pdf", pdf_of(2**20 - 1000))]
    words = "Upload at most 2 MiB at once, unpacked."
    for last in pdf_of(2000), zip_of(pdf_of(2000)):
        assert refusal_of([*plain, ("last", last)], max_files=4, max_bytes=2 * 2**20) == words
