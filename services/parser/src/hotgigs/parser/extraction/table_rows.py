"""The row of a word processor's table as lines: cells side by side, or one after the other."""

from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest

import msgspec

from hotgigs.parser.dates import find_periods, is_only_dates
from hotgigs.parser.document import Line

_MAX_PAIRED = 3
_MAX_SIDE_CHARS = 40


def read_row(cells: Sequence[Sequence[Line]]) -> Iterator[Line]:
    """Dates and labels are joined with the lines beside them; other cells are read one by one.

    ``cells`` are those with text, from the left.
    """
    if len(cells) > 1 and _stand_beside(cells):
        for lines in zip_longest(*cells):
            yield _joined([line for line in lines if line is not None])
        return
    for cell in cells:
        yield from cell


def read_lines_of_row(lines: Sequence[Line]) -> Iterator[Line]:
    """The same of lines whose ``column`` says which cell they are in."""
    return read_row([list(cell) for _, cell in groupby(lines, key=lambda line: line.column)])


def _stand_beside(cells: Sequence[Sequence[Line]]) -> bool:
    longest = max(cells, key=len)
    if all(
        len(cell) == 1 or cell is longest or all(is_only_dates(line.text) for line in cell) for cell in cells
    ):
        return True
    return len(cells) == 2 and _is_side_note(*cells)


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
