"""Formatted disk pages (FKP), [MS-DOC] 2.9.33 and 2.9.175: the modifiers of each run and paragraph."""

import struct
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from hotgigs.parser.extraction.word_binary.plc import read_plc

_PAGE_BYTES = 512
_PAGE_NUMBER_MASK = 0x3FFFFF
_PARAGRAPH_RECORD_BYTES = 13

Kind = Literal["character", "paragraph"]


@dataclass(frozen=True)
class Run:
    """Bytes of the WordDocument stream up to ``end`` that share one list of modifiers."""

    end: int
    grpprl: bytes


class FormatPages:
    """Runs by offset in the WordDocument stream; only the pages that are asked for are read."""

    def __init__(self, kind: Kind, plc_bytes: bytes, word_document: bytes) -> None:
        self._kind = kind
        self._plc = read_plc(plc_bytes, 4)
        self._word_document = word_document
        self._page = lru_cache(maxsize=256)(self._read_page)

    def at(self, offset: int) -> Run | None:
        """None where nothing is said about this offset."""
        record = self._plc.at(offset)
        if record is None:
            return None
        positions, grpprls = self._page(struct.unpack("<I", record)[0] & _PAGE_NUMBER_MASK)
        index = bisect_right(positions, offset) - 1
        if not 0 <= index < len(grpprls):
            return None
        return Run(positions[index + 1], grpprls[index])

    def _read_page(self, number: int) -> tuple[tuple[int, ...], tuple[bytes, ...]]:
        page = self._word_document[number * _PAGE_BYTES : (number + 1) * _PAGE_BYTES]
        if len(page) < _PAGE_BYTES:
            return (), ()
        count = page[-1]
        record_bytes = 1 if self._kind == "character" else _PARAGRAPH_RECORD_BYTES
        records_at = 4 * (count + 1)
        if records_at + count * record_bytes >= _PAGE_BYTES:
            return (), ()
        positions = struct.unpack_from(f"<{count + 1}I", page)
        offsets = [2 * page[records_at + index * record_bytes] for index in range(count)]
        return positions, tuple(self._grpprl(page, offset) for offset in offsets)

    def _grpprl(self, page: bytes, offset: int) -> bytes:
        """A paragraph's begins with the two bytes of its style's index."""
        if not offset:
            return b""
        size = page[offset]
        if self._kind == "character":
            return page[offset + 1 : offset + 1 + size]
        if size:
            return page[offset + 1 : offset + 2 * size]
        size = page[offset + 1] if offset + 1 < _PAGE_BYTES else 0
        return page[offset + 2 : offset + 2 + 2 * size]
