"""Whatever the bytes are: a document or `Unreadable`, and soon."""

import contextlib
from datetime import timedelta
from pathlib import Path

import pytest
from hostile import doc as doc_attacks
from hypothesis import given, settings
from hypothesis import strategies as st

from hotgigs.parser.errors import Unreadable
from hotgigs.parser.extraction import doc

SAMPLE = (Path(__file__).parents[3] / "samples" / "caleb-norquist.doc").read_bytes()
MAGIC = SAMPLE[:8]

soon = settings(deadline=timedelta(seconds=10))


@soon
@given(st.binary(max_size=4000), st.booleans())
def test_arbitrary_bytes(content: bytes, with_magic: bool) -> None:
    with contextlib.suppress(Unreadable):
        doc.extract(MAGIC + content if with_magic else content)


@soon
@given(st.integers(0, len(SAMPLE)))
def test_a_truncated_document(length: int) -> None:
    with contextlib.suppress(Unreadable):
        doc.extract(SAMPLE[:length])


@soon
@given(st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255)), max_size=40))
def test_a_document_with_changed_bytes(changes: list[tuple[int, int]]) -> None:
    content = bytearray(SAMPLE)
    for at, value in changes:
        content[at] = value
    with contextlib.suppress(Unreadable):
        doc.extract(bytes(content))


@soon
@given(st.integers(0, len(SAMPLE) - 1), st.integers(0, len(SAMPLE) - 1), st.integers(1, 2000))
def test_a_document_with_a_stretch_of_itself_elsewhere(source: int, target: int, size: int) -> None:
    content = bytearray(SAMPLE)
    content[target : target + size] = SAMPLE[source : source + size]
    with contextlib.suppress(Unreadable):
        doc.extract(bytes(content))


@pytest.mark.parametrize(
    "make",
    [
        doc_attacks.the_same_bytes_again,
        doc_attacks.pieces_beyond_the_file,
        doc_attacks.long_modifiers,
    ],
)
def test_more_than_a_resume_has_is_refused(make: doc_attacks.Make) -> None:
    with pytest.raises(Unreadable, match="far more text"):
        doc.extract(make())


@pytest.mark.parametrize(
    "make", [doc_attacks.sector_loop, doc_attacks.directory_loop, doc_attacks.table_list_loop]
)
def test_a_loop_is_damage(make: doc_attacks.Make) -> None:
    with pytest.raises(Unreadable):
        doc.extract(make())
