"""The row of a word processor's table as lines: cells side by side, or one after the other."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

import msgspec

from hotgigs.parser.dates import find_periods, is_only_dates
from hotgigs.parser.document import Line
from hotgigs.parser.separators import bullet_text

_MAX_PAIRED = 3
_MAX_SIDE_CHARS = 40
_MIN_TOLD_WORDS = 4
_MIN_GRID = 2
_PAIR = 2


def read_row(cells: Sequence[Sequence[Line]]) -> Iterator[Line]:
    """Dates and labels are joined with the lines beside them; other cells are read one by one.

    ``cells`` are those with text, from the left. What the last of a dated row tell comes after the others.
    """
    if _are_pairs(cells):
        for label, value in zip(cells[::2], cells[1::2], strict=True):
            yield _joined([*label, *value])
        return
    end = _end_of_facts(cells)
    if end < len(cells):
        yield from read_row(cells[:end])
        yield from (line for cell in cells[end:] for line in cell)
        return
    if _is_row_of_grid(cells):
        cells = [[_in_one_line(cell)] if _is_name_and_place(cell) else cell for cell in cells]
    if len(cells) > 1 and _stand_beside(cells):
        for lines in zip_longest(*cells):
            yield _joined([line for line in lines if line is not None])
        return
    for cell in cells:
        yield from cell


def _are_pairs(cells: Sequence[Sequence[Line]]) -> bool:
    """Two labels, each before its value?"""
    if len(cells) not in (4, 6) or any(len(cell) > 1 for cell in cells):
        return False
    labels, values = [cell[0] for cell in cells[::2]], [cell[0] for cell in cells[1::2]]
    if any(len(label.text) > _MAX_SIDE_CHARS for label in labels):
        return False
    return all(_is_label(label, value) for label, value in zip(labels, values, strict=True))


def _is_label(label: Line, value: Line) -> bool:
    return label.text.endswith(":") or label.weight > value.weight


def _end_of_facts(cells: Sequence[Sequence[Line]]) -> int:
    """How many cells come before those that only tell, of a row with its dates in one of them."""
    end = len(cells)
    if end < 3 or not any(is_only_dates(cell[0].text) for cell in cells):
        return end
    while end > 2 and all(map(_tells, cells[end - 1])):
        end -= 1
    return end


def _tells(line: Line) -> bool:
    text = line.text
    is_item = line.is_list_item or bullet_text(text) is not None
    return is_item or (text.count(" ") >= _MIN_TOLD_WORDS - 1 and text.endswith((".", ";")))


def _stand_beside(cells: Sequence[Sequence[Line]]) -> bool:
    longest = max(cells, key=len)
    if all(
        len(cell) == 1 or cell is longest or all(is_only_dates(line.text) for line in cell) for cell in cells
    ):
        return True
    return len(cells) == 2 and _is_side_note(*cells)


def _is_row_of_grid(cells: Sequence[Sequence[Line]]) -> bool:
    """An entry in a row: its dates in a cell, and what they are of in several."""
    return len(cells) > _MIN_GRID and any(len(cell) == 1 and is_only_dates(cell[0].text) for cell in cells)


def _is_name_and_place(cell: Sequence[Line]) -> bool:
    if len(cell) != _PAIR or any(line.is_list_item or bullet_text(line.text) is not None for line in cell):
        return False
    return len(cell[1].text) <= _MAX_SIDE_CHARS and not _dated(cell) and "\t" not in cell[1].text


def _in_one_line(cell: Sequence[Line]) -> Line:
    name, place = cell
    return msgspec.structs.replace(name, text=f"{name.text.rstrip(' ,')}, {place.text}")


def _is_side_note(main: Sequence[Line], side: Sequence[Line]) -> bool:
    """Employer and title, and their dates and place in the cell on the right."""
    if max(len(main), len(side)) > _MAX_PAIRED or any(len(line.text) > _MAX_SIDE_CHARS for line in side):
        return False
    return _dated(side) and not _dated(main)


def _dated(cell: Sequence[Line]) -> bool:
    return any(find_periods(line.text) for line in cell)


def _joined(lines: list[Line]) -> Line:
    main = max(lines, key=lambda line: len(line.text))
    if len(lines) == 1:
        return main
    return msgspec.structs.replace(main, text="\t".join(line.text for line in lines), column=lines[0].column)
