import asyncio
from collections.abc import AsyncIterator, Sequence
from itertools import pairwise
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.gateway.errors import Problem
from hotgigs.gateway.uploads.form import MAX_FIELD_BYTES, MAX_FIELDS, OVERHEAD_BYTES, FilePart, Form

BOUNDARY = "b0undary"
NAMES = st.text("abcdefgh", min_size=1, max_size=5)
# Bytes that tempt a parser: line ends, dashes, the boundary itself without its line end.
CONTENTS = st.lists(
    st.one_of(st.binary(max_size=40), st.sampled_from([b"\r\n", b"--", b"\r\n--", b"--b0undary", b"\r"])),
    max_size=8,
).map(b"".join)
FILES = st.lists(st.tuples(NAMES, CONTENTS), max_size=3)
FIELDS = st.dictionaries(NAMES, st.text("xyzäß -", max_size=20), max_size=4)


def encoded(files: Sequence[tuple[str, bytes]], fields: dict[str, str]) -> bytes:
    parts = [(f'name="file"; filename="{name}.pdf"', content) for name, content in files]
    parts += [(f'name="{name}"', value.encode()) for name, value in fields.items()]
    body = b"".join(
        f"--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + content + b"\r\n"
        for head, content in parts
    )
    return body + f"--{BOUNDARY}--\r\n".encode()


def form_of(chunks: Sequence[bytes], *, max_files: int = 3, max_bytes: int = 2**20) -> Form:
    async def stream() -> AsyncIterator[bytes]:
        for chunk in chunks:
            yield chunk

    headers = {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}
    request = cast("Any", SimpleNamespace(stream=stream, headers=headers))
    return Form(request, max_files=max_files, max_bytes=max_bytes)


async def read(form: Form) -> list[tuple[str, bytes]]:
    return [
        (part.filename.removesuffix(".pdf"), b"".join([chunk async for chunk in part.chunks()]))
        async for part in form.files()
    ]


def split(body: bytes, cuts: list[int]) -> list[bytes]:
    edges = [0, *sorted(cut % (len(body) + 1) for cut in cuts), len(body)]
    return [body[a:b] for a, b in pairwise(edges)]


def is_ambiguous(content: bytes) -> bool:
    """What a sender would have chosen another boundary for."""
    return f"\r\n--{BOUNDARY}".encode() in b"\r\n" + content


@given(FILES, FIELDS, st.lists(st.integers(min_value=0), max_size=30))
def test_however_a_body_is_cut_into_chunks_its_parts_are_the_same(
    files: list[tuple[str, bytes]], fields: dict[str, str], cuts: list[int]
) -> None:
    files = [(name, content) for name, content in files if not is_ambiguous(content)]
    if not files and not fields:
        return
    form = form_of(split(encoded(files, fields), cuts))
    assert asyncio.run(read(form)) == files
    assert form.fields == fields


def test_a_body_that_comes_byte_by_byte_is_read_like_any() -> None:
    files = [("a", b"\r\n--b0undar\r\n"), ("b", b"")]
    body = encoded(files, {"source": "resume_import"})
    form = form_of([body[at : at + 1] for at in range(len(body))])
    assert asyncio.run(read(form)) == files
    assert form.fields == {"source": "resume_import"}


@given(st.integers(min_value=0))
def test_a_body_that_ends_too_early_is_no_form(cut: int) -> None:
    body = encoded([("a", b"some content")], {})
    end = len(body) - len("--\r\n")
    with pytest.raises(Problem) as refusal:
        asyncio.run(read(form_of([body[: cut % end]])))
    assert refusal.value.status_code == 400


def test_a_file_that_is_left_unread_is_skipped() -> None:
    async def names() -> list[str]:
        form = form_of([encoded([("a", b"x" * 1000), ("b", b"y")], {})])
        return [part.filename async for part in form.files()]

    assert asyncio.run(names()) == ["a.pdf", "b.pdf"]


def refusal_of(form: Form) -> tuple[int, str]:
    with pytest.raises(Problem) as refusal:
        asyncio.run(read(form))
    return refusal.value.status_code, refusal.value.detail


def test_a_form_has_limits() -> None:
    many_fields = {f"f{n}": "x" for n in range(MAX_FIELDS + 1)}
    assert refusal_of(form_of([encoded([], many_fields)]))[0] == 400
    assert refusal_of(form_of([encoded([], {"a": "x" * (MAX_FIELD_BYTES + 1)})]))[0] == 400
    assert refusal_of(form_of([encoded([("a", b"")] * 4, {})])) == (413, "Upload at most 3 files at once.")
    single = form_of([encoded([("a", b"")] * 2, {})], max_files=1)
    assert refusal_of(single) == (413, "Upload one file; use the bulk upload for more.")
    large = form_of([encoded([("a", b"x" * (2**20 + OVERHEAD_BYTES))], {})])
    assert refusal_of(large) == (413, "Upload at most 1 MiB at once.")


def test_a_form_at_its_limits_is_taken() -> None:
    fields = {f"f{n}": "x" * MAX_FIELD_BYTES for n in range(MAX_FIELDS)}
    form = form_of([encoded([("a", b"x" * 2**20)] * 1 + [("b", b""), ("c", b"")], fields)])
    assert [name for name, _ in asyncio.run(read(form))] == ["a", "b", "c"]
    assert form.fields == fields


def test_draining_reads_on_but_not_for_ever() -> None:
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += 1
            yield b"x" * 2**20

    form = Form(cast("Any", SimpleNamespace(stream=endless, headers={})), max_files=1, max_bytes=2**20)
    asyncio.run(form.drain())
    assert 1 < taken < 20


def test_a_part_keeps_the_name_its_sender_gave_it() -> None:
    part = FilePart("file", "../cv.pdf", cast("Any", None))
    assert (part.name, part.filename) == ("file", "../cv.pdf")
