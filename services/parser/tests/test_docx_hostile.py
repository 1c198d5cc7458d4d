"""Whatever the bytes are: a document or `Unreadable`, and soon."""

import contextlib
from datetime import timedelta
from pathlib import Path

import pytest
from hostile import docx as attacks
from hypothesis import given, settings
from hypothesis import strategies as st

from hotgigs.parser.errors import Unreadable
from hotgigs.parser.extraction import docx
from hotgigs.parser.extraction.allowance import MAX_LINES
from hotgigs.parser.extraction.docx_package import MAX_TAGS, DocxPackage

SAMPLE = (Path(__file__).parents[3] / "samples" / "solene-kerbrat.docx").read_bytes()
SMALL = attacks.docx_of(attacks.NAME * 3, styles=b"<a/>", header=b"<a/>")
ELEMENTS = (
    "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>a</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>",
    "<w:tc>", "</w:tc>", "<w:br/>", "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", "<w:txbxContent>",
    "</w:txbxContent>", "<!-- -->", "<?a?>", "&amp;", "&e;", "<w:pPr><w:pStyle/></w:pPr>", "<w:rPr/>",
    "<w:del/>",
)  # fmt: skip

soon = settings(deadline=timedelta(seconds=10), max_examples=60)


def read(content: bytes) -> None:
    with contextlib.suppress(Unreadable):
        docx.extract(content)


@soon
@given(st.sampled_from((SAMPLE, SMALL)), st.floats(0, 1))
def test_a_truncated_document(sample: bytes, share: float) -> None:
    read(sample[: int(len(sample) * share)])


@soon
@given(
    st.sampled_from((SAMPLE, SMALL, attacks.damaged_bzip2(), attacks.damaged_lzma())),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=10),
)
def test_a_document_with_changed_bytes(sample: bytes, changes: list[tuple[float, int]]) -> None:
    content = bytearray(sample)
    for share, value in changes:
        content[int((len(content) - 1) * share)] = value
    read(bytes(content))


@soon
@given(st.lists(st.sampled_from(ELEMENTS), max_size=60))
def test_arbitrary_elements(elements: list[str]) -> None:
    read(attacks.docx_of("".join(elements).encode(), doctype='<!DOCTYPE d [<!ENTITY e "<w:p/>">]>'))


@pytest.mark.parametrize("make", [attacks.damaged_bzip2, attacks.damaged_lzma])
def test_a_part_that_is_compressed_unusually_and_damaged_is_unreadable(make: attacks.Make) -> None:
    with pytest.raises(Unreadable, match="damaged"):
        docx.extract(make())


def test_a_tree_beyond_all_measure_is_not_made() -> None:
    with pytest.raises(Unreadable, match="far larger"):
        DocxPackage(attacks.docx_of(b"<w:p/>" * (MAX_TAGS + 1)))


def test_more_lines_than_a_resume_has_are_refused() -> None:
    with pytest.raises(Unreadable, match="far more text"):
        docx.extract(attacks.docx_of(attacks.paragraph("a") * (MAX_LINES + 1)))


def test_a_header_that_is_named_again_and_again_is_read_once() -> None:
    assert [line.text for line in docx.extract(attacks.many_headers(50)).lines] == ["Ada Example"] * 2
