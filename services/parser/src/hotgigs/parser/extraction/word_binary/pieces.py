"""The piece table, [MS-DOC] 2.8.35 and 2.9.38 Clx: which bytes of the file are which characters."""

import struct
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from hotgigs.parser.errors import Unreadable
from hotgigs.parser.extraction.allowance import TOO_LONG
from hotgigs.parser.extraction.word_binary.plc import read_plc

_PROPERTIES_MARK, _PIECES_MARK = 0x01, 0x02
_PIECE_BYTES = 8
_MAX_PIECES = 50_000
"""A document that was saved fast for years has some thousands."""
_MAX_MODIFIER_BYTES = 1024
"""Twice what a formatted page holds; it is applied to every line of its piece."""
_COMPRESSED = 0x40000000
_OFFSET_MASK = 0x3FFFFFFF

_DAMAGED = "The document is damaged and cannot be read; open it in Word, save it as DOCX and upload that."


@dataclass(frozen=True)
class Segment:
    """Characters that lie next to one another in the file."""

    text: str
    """One character per UTF-16 code unit, so surrogates may be apart."""
    cp: int
    """Character position of the first one."""
    offset: int
    """Of its first byte in the WordDocument stream."""
    width: int
    """Bytes per character, 1 or 2."""
    modifier: bytes
    """Properties that the piece applies on top of all others."""


@dataclass(frozen=True)
class _Piece:
    start: int
    end: int
    offset: int
    width: int
    modifier: bytes


class PieceTable:
    """Raises `Unreadable` where the table is missing or contradicts itself."""

    def __init__(self, clx: bytes, word_document: bytes) -> None:
        self._word_document = word_document
        modifiers, plc_bytes = _split_clx(clx)
        plc = read_plc(plc_bytes, _PIECE_BYTES)
        if not plc.records:
            raise Unreadable(_DAMAGED)
        if len(plc.records) > _MAX_PIECES:
            raise Unreadable(TOO_LONG)
        self._starts = plc.positions[:-1]
        self._pieces = [
            _read_piece(start, end, record, modifiers)
            for (start, end), record in zip(pairwise(plc.positions), plc.records, strict=True)
        ]
        self.length = plc.positions[-1]

    def segments(self, start: int, end: int) -> Iterator[Segment]:
        """The characters of ``[start, end)``; what lies outside the file is left out."""
        for index in range(max(0, bisect_right(self._starts, start) - 1), len(self._pieces)):
            piece = self._pieces[index]
            if piece.start >= end:
                return
            first, last = max(start, piece.start), min(end, piece.end)
            if first >= last:
                continue
            offset = piece.offset + (first - piece.start) * piece.width
            data = self._word_document[offset : offset + (last - first) * piece.width]
            yield Segment(_decode(data, piece.width), first, offset, piece.width, piece.modifier)


def _split_clx(clx: bytes) -> tuple[list[bytes], bytes]:
    """The property modifiers (Prc) in order, and the PlcPcd."""
    modifiers: list[bytes] = []
    position = 0
    while position < len(clx) and clx[position] == _PROPERTIES_MARK:
        size = struct.unpack_from("<H", clx, position + 1)[0]
        modifiers.append(clx[position + 3 : position + 3 + min(size, _MAX_MODIFIER_BYTES)])
        position += 3 + size
    if position >= len(clx) or clx[position] != _PIECES_MARK:
        raise Unreadable(_DAMAGED)
    size = struct.unpack_from("<I", clx, position + 1)[0]
    return modifiers, clx[position + 5 : position + 5 + size]


def _read_piece(start: int, end: int, record: bytes, modifiers: list[bytes]) -> _Piece:
    """[MS-DOC] 2.9.177 Pcd; of its modifiers only those that are listed in the Clx (Prm1) are read."""
    _, fc, prm = struct.unpack("<HIH", record)
    index = prm >> 1
    modifier = modifiers[index] if prm & 1 and index < len(modifiers) else b""
    if fc & _COMPRESSED:
        return _Piece(start, end, (fc & _OFFSET_MASK) // 2, 1, modifier)
    return _Piece(start, end, fc & _OFFSET_MASK, 2, modifier)


def _decode(data: bytes, width: int) -> str:
    if width == 1:
        return data.decode("cp1252", errors="replace")
    units = array("H", data[: len(data) // 2 * 2])
    return "".join(map(chr, units))
