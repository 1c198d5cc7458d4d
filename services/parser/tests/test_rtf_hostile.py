"""Whatever the bytes are: a document or `Unreadable`, and soon."""

import contextlib
from datetime import timedelta
from pathlib import Path

import pytest
from hostile import rtf as rtf_attacks
from hypothesis import given, settings
from hypothesis import strategies as st

from hotgigs.parser.errors import Unreadable
from hotgigs.parser.extraction import rtf

SAMPLE = (Path(__file__).parents[3] / "samples" / "siobhan-tierney.doc").read_bytes()
WORDS = (
    b"{ } \\par \\cell \\row \\intbl \\b \\fs \\u8211 \\uc9 \\uc-1 \\'e9 \\' \\* \\fonttbl \\f1 \\fcharset128"
    b" \\stylesheet \\s1 \\header \\shptxt \\listtext \\fldrslt \\ud \\upr \\bin3 \\bin-9 \\pict \\ a ;"
).split(b" ")

soon = settings(deadline=timedelta(seconds=10))


def read(content: bytes) -> None:
    with contextlib.suppress(Unreadable):
        rtf.extract(content)


@soon
@given(st.binary(max_size=2000))
def test_arbitrary_bytes(content: bytes) -> None:
    read(b"{\\rtf1" + content)


@soon
@given(st.lists(st.sampled_from(WORDS), max_size=200))
def test_arbitrary_control_words(words: list[bytes]) -> None:
    read(b"{\\rtf1" + b"".join(words))


@soon
@given(st.integers(0, len(SAMPLE)))
def test_a_truncated_document(length: int) -> None:
    read(SAMPLE[:length])


@soon
@given(st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255)), max_size=40))
def test_a_document_with_changed_bytes(changes: list[tuple[int, int]]) -> None:
    content = bytearray(SAMPLE)
    for at, value in changes:
        content[at] = value
    read(bytes(content))


@pytest.mark.parametrize("make", [rtf_attacks.many_lines, rtf_attacks.many_cells])
def test_more_than_a_resume_has_is_refused(make: rtf_attacks.Make) -> None:
    with pytest.raises(Unreadable, match="far more text"):
        rtf.extract(make())
