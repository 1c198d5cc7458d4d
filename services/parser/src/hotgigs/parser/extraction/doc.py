"""DOC, the binary format of Word 97 to 2003."""

import io
import struct
from bisect import bisect_left
from collections import defaultdict

from hotgigs.filetypes import Rejected
from hotgigs.filetypes.compound_file import CompoundFile
from hotgigs.parser.document import Document, Line, Story
from hotgigs.parser.errors import Unreadable
from hotgigs.parser.extraction.allowance import MAX_CHARACTERS, TOO_LONG
from hotgigs.parser.extraction.margins import distinct
from hotgigs.parser.extraction.word_binary import stories
from hotgigs.parser.extraction.word_binary.fib import Fib, Table, read_fib
from hotgigs.parser.extraction.word_binary.format_pages import FormatPages
from hotgigs.parser.extraction.word_binary.lists import Lists
from hotgigs.parser.extraction.word_binary.pieces import PieceTable
from hotgigs.parser.extraction.word_binary.styles import StyleSheet
from hotgigs.parser.extraction.word_binary.text import TextReader

_DAMAGED = "The document is damaged and cannot be read; open it in Word, save it as DOCX and upload that."


def extract(data: bytes) -> Document:
    """Headers, then the body with its text boxes where they are anchored, then footers.

    Footnotes, comments, hidden text and deleted text are left out; repeated headers come once. Raises
    `Unreadable` for damaged and encrypted files and for those of Word 6 and 95.
    """
    try:
        compound = CompoundFile(io.BytesIO(data))
        word_document = compound.read("WordDocument")
        fib = read_fib(word_document)
        table_stream = compound.read(fib.table_stream)
        return Document(lines=tuple(_lines(fib, word_document, table_stream)))
    except Rejected as err:
        raise Unreadable(str(err)) from err
    except struct.error as err:
        raise Unreadable(_DAMAGED) from err


def _lines(fib: Fib, word_document: bytes, table_stream: bytes) -> list[Line]:
    pieces = PieceTable(fib.slice(Table.PIECES, table_stream), word_document)
    if pieces.length > MAX_CHARACTERS:
        raise Unreadable(TOO_LONG)
    reader = TextReader(
        pieces,
        styles=StyleSheet(fib.slice(Table.STYLES, table_stream)),
        lists=Lists(fib.rest_from(Table.LISTS, table_stream), fib.slice(Table.LIST_OVERRIDES, table_stream)),
        character_pages=FormatPages(
            "character", fib.slice(Table.CHARACTER_PAGES, table_stream), word_document
        ),
        paragraph_pages=FormatPages(
            "paragraph", fib.slice(Table.PARAGRAPH_PAGES, table_stream), word_document
        ),
    )
    headers, footers = _margins(reader, fib, table_stream)
    return [*headers, *_body(reader, fib, table_stream), *footers]


def _margins(reader: TextReader, fib: Fib, table_stream: bytes) -> tuple[list[Line], list[Line]]:
    """Headers with their text boxes, and footers."""
    lines: list[Line] = []
    for story, place in stories.page_margins(fib, table_stream):
        lines += _read(reader, place, story)
    lines += _read(reader, stories.header_text_boxes(fib), "text_box")
    told = distinct(lines)
    return [line for line in told if line.story != "footer"], [
        line for line in told if line.story == "footer"
    ]


def _body(reader: TextReader, fib: Fib, table_stream: bytes) -> list[Line]:
    """A text box follows the line it is anchored to; one without a known anchor comes last."""
    place = stories.body(fib)
    placed = list(reader.lines(place.start, place.end, "body"))
    ends = [placed_line.end for placed_line in placed]
    boxes: defaultdict[int, list[Line]] = defaultdict(list)
    for box in stories.text_boxes(fib, table_stream):
        index = len(ends) if box.anchor is None else bisect_left(ends, box.anchor)
        boxes[index] += _read(reader, box.range, "text_box")
    lines: list[Line] = []
    for index, placed_line in enumerate(placed):
        lines += [placed_line.line, *boxes[index]]
    return lines + boxes[len(ends)]


def _read(reader: TextReader, place: stories.Range, story: Story) -> list[Line]:
    return [placed.line for placed in reader.lines(place.start, place.end, story)]
