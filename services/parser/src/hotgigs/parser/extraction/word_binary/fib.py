"""The file information block, [MS-DOC] 2.5: where everything is."""

import struct
from dataclasses import dataclass
from enum import IntEnum

from hotgigs.parser.errors import Unreadable

_WORD_97_IDENT = 0xA5EC
_FIRST_WORD_97_VERSION = 0x00C0
_F_ENCRYPTED = 0x0100
_F_WHICH_TABLE_STREAM = 0x0200
_BASE_BYTES = 32

_TOO_OLD = "The document was saved by Word 6 or 95; open it in Word and save it as DOCX."
_ENCRYPTED = "The document is protected with a password; save it without one and upload it again."


class Table(IntEnum):
    """Index of a structure's (offset, size) pair in FibRgFcLcb97, [MS-DOC] 2.5.6."""

    STYLES = 1
    HEADERS = 11
    CHARACTER_PAGES = 12
    PARAGRAPH_PAGES = 13
    PIECES = 33
    SHAPES = 40
    TEXT_BOXES = 56
    LISTS = 73
    LIST_OVERRIDES = 74


@dataclass(frozen=True)
class StoryLengths:
    """Characters of each story, in the order in which the stories follow one another."""

    body: int
    footnotes: int
    headers: int
    annotations: int
    endnotes: int
    text_boxes: int
    header_text_boxes: int


@dataclass(frozen=True)
class Fib:
    table_stream: str
    lengths: StoryLengths
    _places: tuple[tuple[int, int], ...]

    def slice(self, table: Table, table_stream: bytes) -> bytes:
        """The structure's bytes; empty where the document has none or points outside the stream."""
        if table >= len(self._places):
            return b""
        offset, size = self._places[table]
        return table_stream[offset : offset + size]

    def rest_from(self, table: Table, table_stream: bytes) -> bytes:
        """From the structure to the stream's end: what belongs to it may follow beyond its own size."""
        if not self.slice(table, table_stream):
            return b""
        return table_stream[self._places[table][0] :]


def read_fib(word_document: bytes) -> Fib:
    """Raises `Unreadable` for other versions and encrypted files, `struct.error` where bytes are missing."""
    ident, version = struct.unpack_from("<HH", word_document, 0)
    if ident != _WORD_97_IDENT or version < _FIRST_WORD_97_VERSION:
        raise Unreadable(_TOO_OLD)
    flags = struct.unpack_from("<H", word_document, 10)[0]
    if flags & _F_ENCRYPTED:
        raise Unreadable(_ENCRYPTED)
    word_count = struct.unpack_from("<H", word_document, _BASE_BYTES)[0]
    longs_at = _BASE_BYTES + 2 + 2 * word_count
    long_count = struct.unpack_from("<H", word_document, longs_at)[0]
    longs = struct.unpack_from("<11I", word_document, longs_at + 2)
    places_at = longs_at + 2 + 4 * long_count
    place_count = struct.unpack_from("<H", word_document, places_at)[0]
    numbers = struct.unpack_from(f"<{2 * place_count}I", word_document, places_at + 2)
    return Fib(
        table_stream="1Table" if flags & _F_WHICH_TABLE_STREAM else "0Table",
        lengths=StoryLengths(*longs[3:6], *longs[7:11]),
        _places=tuple(zip(numbers[::2], numbers[1::2], strict=True)),
    )
