"""Tables of forms as labelled lines: ``Employer: Acme``, whatever the table's shape.

Labels stand before the values, above them in the same cell, or in a row of their own above the values of one
row or many.
"""

from collections.abc import Iterator, Sequence

import msgspec

from hotgigs.parser.document import Line
from hotgigs.parser.extraction.table_rows import read_row
from hotgigs.parser.form_labels import fields_of, is_label
from hotgigs.parser.headings import kind_of_heading

Cell = Sequence[Line]
Row = Sequence[Cell]
"""Cells from the left, the empty ones too."""

_TELLS_OF_JOBS = frozenset({"company", "title", "duties"})
_TELLS_OF_OTHERS = frozenset(
    {"school", "degree", "institution", "certificate", "issuer", "headline", "family"}
)
_LISTED = frozenset({"skill", "language", "spoken"})
_MAX_VALUE_LINES = 3
_MIN_HEADS = 2


def read_table(rows: Sequence[Row]) -> list[Line]:
    return [line for lines in read_rows(rows)[0] for line in lines]


def read_rows(rows: Sequence[Row], heads: Sequence[str] = ()) -> tuple[list[list[Line]], Sequence[str]]:
    """The lines of each row, and the labels over the columns of the last one.

    ``heads``: those over the first row, of a table that goes on from the page before.
    """
    found: list[list[Line]] = []
    for index, row in enumerate(rows):
        below = rows[index + 1] if index + 1 < len(rows) else ()
        if _are_heads(row, below):
            heads = [_whole(cell) for cell in row]
            is_read = _labels_rows(heads) or _lists(heads)
            found.append([] if is_read else list(read_row([cell for cell in row if cell])))
        elif len(row) == len(heads) and _labels_rows(heads) and sum(map(bool, row)) > 1:
            found.append(
                [
                    line
                    for label, cell in zip(heads, row, strict=True)
                    for line in (_labelled(label, cell) if label and cell else cell)
                ]
            )
        else:
            found.append(list(_read_row([cell for cell in row if cell])))
            if sum(map(bool, row)) > 1 and len(row) != len(heads):
                heads = ()
    return found, heads


def cells_of(lines: Sequence[Line], count: int) -> list[list[Line]]:
    """The row of so many cells that have the lines, each in the cell of its ``column``."""
    cells: list[list[Line]] = [[] for _ in range(max(count, 1))]
    for line in lines:
        cells[min(line.column, len(cells) - 1)].append(line)
    return cells


def _are_heads(row: Row, below: Row) -> bool:
    """Labels alone, with values below them."""
    cells = [cell for cell in row if cell]
    if len(cells) < _MIN_HEADS or len(below) != len(row) or not any(below):
        return False
    labels = sum(is_label(_whole(cell)) for cell in cells)
    if labels < max(_MIN_HEADS, len(cells) - (len(cells) > _MIN_HEADS + 1)):
        return False
    values = [_whole(cell) for cell in below if cell]
    return 2 * sum(map(is_label, values)) < max(len(values), 1)


def _labels_rows(heads: Sequence[str]) -> bool:
    """Do the columns tell of jobs, studies or a person, and not list skills?"""
    fields = {field for head in heads for field in fields_of(head)}
    if _lists(heads) or not all(map(is_label, heads)):
        return bool(fields & {"company", "school"})
    return bool(fields & (_TELLS_OF_JOBS | _TELLS_OF_OTHERS))


def _lists(heads: Sequence[str]) -> bool:
    """Do they stand over skills or languages and how well they are known?"""
    return any(_LISTED.intersection(fields_of(head)) for head in heads)


def _read_row(cells: Sequence[Cell]) -> Iterator[Line]:
    cells = [cell for cell in cells if _whole(cell).strip(" :")]
    if _are_pairs(cells):
        for label, value in zip(cells[::2], cells[1::2], strict=True):
            yield from _labelled(_whole(label), value)
    elif _have_labels_on_top(cells):
        for cell in cells:
            yield from _labelled(cell[0].text, cell[1:])
    else:
        yield from read_row(cells)


def _are_pairs(cells: Sequence[Cell]) -> bool:
    """Label and value by turns."""
    if not cells or len(cells) % 2:
        return False
    labels, values = cells[::2], cells[1::2]
    if any(is_label(_whole(cell)) for cell in values):
        return False
    return all(is_label(_whole(cell)) and not _is_heading(_whole(cell)) for cell in labels)


def _have_labels_on_top(cells: Sequence[Cell]) -> bool:
    if not any(len(cell) > 1 for cell in cells):
        return False
    return all(is_label(cell[0].text) and not _is_heading(cell[0].text) for cell in cells)


def _is_heading(label: str) -> bool:
    return kind_of_heading(label) is not None and "duties" not in fields_of(label)


def _labelled(label: str, value: Sequence[Line]) -> Iterator[Line]:
    """The value behind its label, or below it what is told at length; a label of two is left out."""
    label = label.strip(" :.*")
    fields = fields_of(label)
    if not value:
        return
    if len(_TELLS_OF_JOBS.intersection(fields)) > 1:
        yield from value
    elif "duties" in fields or len(value) > _MAX_VALUE_LINES:
        yield msgspec.structs.replace(value[0], text=f"{label}:", is_list_item=False)
        yield from value
    else:
        text = ", ".join(line.text for line in value)
        yield msgspec.structs.replace(value[0], text=f"{label}: {text}", is_list_item=False)


def _whole(cell: Cell) -> str:
    return " ".join(line.text for line in cell[:4])
