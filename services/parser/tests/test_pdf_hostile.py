"""Whatever the bytes are: a document or `Unreadable`, and soon."""

import contextlib
from datetime import timedelta
from pathlib import Path

import pytest
from hostile import pdf as attacks
from hostile.pdf_file import page_pdf
from hypothesis import given, settings
from hypothesis import strategies as st

from hotgigs.parser.errors import Unreadable
from hotgigs.parser.extraction import pdf

SAMPLES = [
    (Path(__file__).parents[3] / "samples" / "tobias-ekwall.pdf").read_bytes(),
    attacks.type3_loop(),
    attacks.cmap_giant_ranges(20),
    attacks.absurd_numbers(),
]
NUMBERS = ("0", "-1", "1e38", "-1e38", "99999999999999999999", "0.0000001", "nan", "65536", "2147483648")

soon = settings(deadline=timedelta(seconds=10), max_examples=30)


def read(content: bytes) -> None:
    with contextlib.suppress(Unreadable):
        pdf.extract(content)


@soon
@given(st.sampled_from(SAMPLES), st.floats(0, 1))
def test_a_truncated_document(sample: bytes, share: float) -> None:
    read(sample[: int(len(sample) * share)])


@soon
@given(st.sampled_from(SAMPLES), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=40))
def test_a_document_with_changed_bytes(sample: bytes, changes: list[tuple[float, int]]) -> None:
    content = bytearray(sample)
    for share, value in changes:
        content[int((len(content) - 1) * share)] = value
    read(bytes(content))


@settings(soon, max_examples=12)
@given(st.lists(st.sampled_from(NUMBERS), min_size=9, max_size=9))
def test_text_at_absurd_places_in_absurd_sizes(numbers: list[str]) -> None:
    size, *matrix, x, y = numbers
    contents = f"BT /F {size} Tf {' '.join(matrix)} Tm (Ada Example) Tj {x} {y} Td (Ada) Tj ET"
    read(page_pdf(contents.encode(), page=f"/MediaBox [0 0 {x} {y}] /Rotate {size}"))


def test_a_page_of_more_words_than_can_be_compared_is_refused() -> None:
    with pytest.raises(Unreadable, match="far more text"):
        pdf.extract(attacks.one_baseline(pdf.MAX_FRAGMENTS + 1))


def test_pages_whose_lines_are_too_many_together_are_refused() -> None:
    lines = b"".join(b"1 0 0 1 40 %d Tm (aaaa) Tj\n" % (20 + index) for index in range(750))
    pages = attacks.pages_pdf([attacks.stream(b"BT /F 0.5 Tf\n" + lines + b"ET", deflate=True)] * 40)
    with pytest.raises(Unreadable, match="far more text"):
        pdf.extract(pages)
