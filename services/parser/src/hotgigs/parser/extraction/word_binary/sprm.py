"""Single property modifiers, [MS-DOC] 2.2.5.2 and 2.6: the list of changes that a format is."""

import struct
from collections.abc import Iterator
from enum import IntEnum
from functools import lru_cache

_OPERAND_BYTES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_DEFINE_TABLE = 0xD608
_CHANGE_TABS = 0xC615


class Sprm(IntEnum):
    """Those that are understood; all others are passed over."""

    PARAGRAPH_STYLE = 0x4600
    IN_TABLE = 0x2416
    ROW_END = 0x2417
    LIST_LEVEL = 0x260A
    LIST_OVERRIDE = 0x460B
    DELETED = 0x0800
    BOLD = 0x0835
    ITALIC = 0x0836
    HIDDEN = 0x083C
    CHARACTER_STYLE = 0x4A30
    HALF_POINTS = 0x4A43
    SYMBOL = 0x6A09
    IN_DATA = 0x6646
    """Of a paragraph whose modifiers stand elsewhere: of many columns, where a table's row ends."""


_KNOWN = frozenset(Sprm)


@lru_cache(maxsize=512)
def read_sprms(grpprl: bytes) -> tuple[tuple[Sprm, int], ...]:
    """Known modifiers with their operands as unsigned numbers; ends where bytes are missing."""
    return tuple(_sprms(grpprl))


def _sprms(grpprl: bytes) -> Iterator[tuple[Sprm, int]]:
    position = 0
    while position + 2 < len(grpprl):
        code = struct.unpack_from("<H", grpprl, position)[0]
        position += 2
        size = _OPERAND_BYTES.get(code >> 13) or _variable_size(code, grpprl, position)
        operand = grpprl[position : position + size]
        if code in _KNOWN and len(operand) == size:
            yield Sprm(code), int.from_bytes(operand, "little")
        position += size


def _variable_size(code: int, grpprl: bytes, position: int) -> int:
    """Bytes of the operand with its own count, [MS-DOC] 2.2.5.2 (spra 6)."""
    count = grpprl[position]
    if code == _DEFINE_TABLE:
        return int.from_bytes(grpprl[position : position + 2], "little") + 1
    if code == _CHANGE_TABS and count == 255:
        return len(grpprl)
    return count + 1
