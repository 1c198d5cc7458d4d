"""Lists, [MS-DOC] 2.9.131 LFO and 2.9.147 LSTF: which paragraphs print a number or bullet."""

import struct

_LIST_BYTES = 28
_LEVEL_BYTES = 28
_OVERRIDE_BYTES = 16
_SIMPLE_LIST = 0x01
_LEVELS = 9


class Lists:
    """Empty where the document has no lists or their definitions are damaged."""

    def __init__(self, lists_to_end: bytes, overrides: bytes) -> None:
        try:
            self._levels = _read_levels(lists_to_end)
            self._list_ids = _read_list_ids(overrides)
        except (struct.error, IndexError):
            self._levels, self._list_ids = {}, []

    def prints_mark(self, override: int, level: int) -> bool:
        """Whether items of this list (1-based index of its LFO) begin with a number or bullet."""
        if not 1 <= override <= len(self._list_ids):
            return False
        levels = self._levels.get(self._list_ids[override - 1], ())
        return levels[min(level, len(levels) - 1)] if levels else False


def _read_list_ids(overrides: bytes) -> list[int]:
    if len(overrides) < 4:
        return []
    count = min(struct.unpack_from("<I", overrides)[0], (len(overrides) - 4) // _OVERRIDE_BYTES)
    return [struct.unpack_from("<i", overrides, 4 + index * _OVERRIDE_BYTES)[0] for index in range(count)]


def _read_levels(data: bytes) -> dict[int, tuple[bool, ...]]:
    """By list id, for each level whether its mark has any text."""
    if len(data) < 2:
        return {}
    count = struct.unpack_from("<H", data)[0]
    position = 2 + count * _LIST_BYTES
    levels: dict[int, tuple[bool, ...]] = {}
    for index in range(count):
        at = 2 + index * _LIST_BYTES
        list_id = struct.unpack_from("<i", data, at)[0]
        expected = 1 if data[at + 26] & _SIMPLE_LIST else _LEVELS
        marks: list[bool] = []
        for _ in range(expected):
            has_mark, position = _read_level(data, position)
            marks.append(has_mark)
        levels[list_id] = tuple(marks)
    return levels


def _read_level(data: bytes, position: int) -> tuple[bool, int]:
    """[MS-DOC] 2.9.150 LVL: whether the level's mark has text, and where the next level begins."""
    character_bytes, paragraph_bytes = struct.unpack_from("<BB", data, position + 24)
    position += _LEVEL_BYTES + character_bytes + paragraph_bytes
    mark_units = struct.unpack_from("<H", data, position)[0]
    return mark_units > 0, position + 2 + 2 * mark_units
