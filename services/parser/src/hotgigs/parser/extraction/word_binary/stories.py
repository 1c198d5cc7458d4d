"""The stories of a document, [MS-DOC] 2.4.1: which characters are body, header, footer or text box."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from hotgigs.parser.extraction.word_binary.fib import Fib, Table
from hotgigs.parser.extraction.word_binary.plc import read_plc

_SEPARATOR_STORIES = 6
_TEXT_BOX_BYTES = 22
_SHAPE_BYTES = 26

# Of each section, in this order: even and odd headers, even and odd footers, first header and footer.
_SECTION: tuple[Literal["header", "footer"], ...] = (
    "header",
    "header",
    "footer",
    "footer",
    "header",
    "footer",
)


@dataclass(frozen=True)
class Range:
    """Character positions from ``start`` up to, not including, ``end``."""

    start: int
    end: int


@dataclass(frozen=True)
class TextBox:
    range: Range
    anchor: int | None
    """Character position in the body that the box is anchored to; None where it is in a header or unknown."""


def body(fib: Fib) -> Range:
    return Range(0, fib.lengths.body)


def page_margins(fib: Fib, table_stream: bytes) -> Iterator[tuple[Literal["header", "footer"], Range]]:
    """Headers and footers of all sections, [MS-DOC] 2.8.22 Plcfhdd; sections often repeat them."""
    base = fib.lengths.body + fib.lengths.footnotes
    plc = read_plc(fib.slice(Table.HEADERS, table_stream), 0)
    stories = list(pairwise(plc.positions[:-1]))
    for index, (start, end) in enumerate(stories[_SEPARATOR_STORIES:]):
        if start < end <= fib.lengths.headers:
            yield _SECTION[index % len(_SECTION)], Range(base + start, base + end)


def text_boxes(fib: Fib, table_stream: bytes) -> Iterator[TextBox]:
    """Those of the body, [MS-DOC] 2.8.32 PlcftxbxTxt."""
    lengths = fib.lengths
    base = lengths.body + lengths.footnotes + lengths.headers + lengths.annotations + lengths.endnotes
    anchors = _anchors(fib, table_stream)
    plc = read_plc(fib.slice(Table.TEXT_BOXES, table_stream), _TEXT_BOX_BYTES)
    for (start, end), record in zip(pairwise(plc.positions), plc.records, strict=True):
        if start < end <= lengths.text_boxes:
            shape = struct.unpack_from("<I", record, 14)[0]
            yield TextBox(Range(base + start, base + end), anchors.get(shape))


def header_text_boxes(fib: Fib) -> Range:
    """All of them, one after the other."""
    lengths = fib.lengths
    end = sum((lengths.body, lengths.footnotes, lengths.headers, lengths.annotations, lengths.endnotes))
    start = end + lengths.text_boxes
    return Range(start, start + lengths.header_text_boxes)


def _anchors(fib: Fib, table_stream: bytes) -> dict[int, int]:
    """Positions in the body by shape, [MS-DOC] 2.8.27 PlcfSpa."""
    plc = read_plc(fib.slice(Table.SHAPES, table_stream), _SHAPE_BYTES)
    return {
        struct.unpack_from("<I", record)[0]: position
        for position, record in zip(plc.positions[:-1], plc.records, strict=True)
    }
