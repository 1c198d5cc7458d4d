"""Tables with drawn lines: the text of each cell put together, and each row read as one."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from hotgigs.parser.dates import is_only_dates
from hotgigs.parser.extraction.form_tables import read_rows
from hotgigs.parser.extraction.pdf_blocks import LineOf, block, paragraphs, with_blocks
from hotgigs.parser.extraction.pdf_fragments import Block, Fragment
from hotgigs.parser.extraction.pdf_rulings import Cell, Rulings, cell_around, rows_of
from hotgigs.parser.form_labels import is_label
from hotgigs.parser.headings import kind_of_heading

_MAX_FRAGMENTS = 2_000
_MAX_CELL_LINES = 25
_SAME_EDGE = 3.0
"""Points."""
_OVERLAPS = 2.0
"""Points by which text may stand over a cell's edge."""


def with_tables(page: Any, lines: Rulings, fragments: Sequence[Fragment], line_of: LineOf) -> list[Fragment]:
    """In the given order; a table's row takes the place of its first fragment. ``page``: a `pymupdf.Page`."""
    if not lines.vertical or len(fragments) > _MAX_FRAGMENTS:
        return list(fragments)
    words: list[Any] = []
    held: dict[Cell, list[Fragment]] = {}
    pieces: list[Fragment] = []
    for fragment in fragments:
        crossed = [line.at for line in lines.vertical if _crosses(fragment, line.at, line.begin, line.end)]
        if crossed and not words:
            words = page.get_text("words")
        pieces.extend(parted(fragment, crossed, words) if crossed else [fragment])
    for fragment in pieces:
        cell = cell_around((fragment.x0 + fragment.x1) / 2, (fragment.y0 + fragment.y1) / 2, lines)
        if cell and fragment.x0 >= cell.x0 - _OVERLAPS and fragment.x1 <= cell.x1 + _OVERLAPS:
            held.setdefault(cell, []).append(fragment)
    found = [
        ([fragment for cell in row for fragment in held[cell]], block)
        for table in _tables(held)
        for row, block in _blocks(table, held, line_of)
    ]
    if not found:
        return list(fragments)
    return [each for each in with_blocks(pieces, found) if not isinstance(each, Block) or each.lines]


def _tables(held: Mapping[Cell, Sequence[Fragment]]) -> Iterator[list[list[Cell]]]:
    """Rows that follow each other, one at least with several cells."""
    table: list[list[Cell]] = []
    for row in rows_of(held):
        if not _is_row([held[cell] for cell in row]):
            continue
        if table and abs(row[0].y0 - table[-1][0].y1) > _SAME_EDGE:
            yield table
            table = []
        table.append(row)
    if table:
        yield table


def _blocks(
    table: Sequence[Sequence[Cell]], held: Mapping[Cell, Sequence[Fragment]], line_of: LineOf
) -> Iterator[tuple[Sequence[Cell], Block]]:
    if all(len(row) < 2 for row in table):
        return
    cells = {cell: paragraphs(cell.x0, cell.x1, held[cell], line_of) for row in table for cell in row}
    widest: Sequence[Cell] = ()
    rows = []
    for row in table:
        widest = row if len(row) >= len(widest) else widest
        rows.append([cells[cell] if cell else [] for cell in _in_columns(row, widest)])
    for row, lines in zip(table, read_rows(rows)[0], strict=True):
        edges = (row[0].x0, row[0].y0, row[-1].x1, row[0].y1)
        yield row, block(lines, held[row[0]][0], edges)


def _in_columns(row: Sequence[Cell], columns: Sequence[Cell]) -> Sequence[Cell | None]:
    """With None for the empty ones of the columns that another row has."""
    found = [next((cell for cell in row if _are_alike(cell, column)), None) for column in columns]
    return found if sum(map(bool, found)) == len(row) else row


def _are_alike(one: Cell, other: Cell) -> bool:
    return max(abs(one.x0 - other.x0), abs(one.x1 - other.x1)) <= _SAME_EDGE


def _crosses(fragment: Fragment, at: float, begin: float, end: float) -> bool:
    middle = (fragment.y0 + fragment.y1) / 2
    return fragment.x0 + _OVERLAPS < at < fragment.x1 - _OVERLAPS and begin <= middle <= end


def parted(fragment: Fragment, edges: Sequence[float], words: Sequence[Any]) -> list[Fragment]:
    """The fragment's words left and right of each edge; ``words`` as `pymupdf.Page.get_text` gives them."""
    own = [
        word
        for word in words
        if fragment.x0 - 1 <= word[0] and word[2] <= fragment.x1 + 1 and _overlap(fragment, word)
    ]
    parts: list[list[Any]] = [[] for _ in range(len(edges) + 1)]
    for word in own:
        parts[sum(edge < (word[0] + word[2]) / 2 for edge in edges)].append(word)
    parts = [part for part in parts if part]
    if len(parts) < 2 or " ".join(word[4] for part in parts for word in part) != fragment.text:
        return [fragment]
    return [
        msgspec.structs.replace(
            fragment,
            text=" ".join(word[4] for word in part),
            x0=part[0][0],
            x1=part[-1][2],
        )
        for part in parts
    ]


def _overlap(fragment: Fragment, word: Any) -> bool:
    return float(word[1]) < (fragment.y0 + fragment.y1) / 2 < float(word[3])


def _is_row(cells: Sequence[Sequence[Fragment]]) -> bool:
    """No boxes with sections of their own, and no cards with a date each; alone only a box with a label."""
    if all(is_label(cell[0].text) and len(cell) > 1 for cell in cells):
        return not any(kind_of_heading(cell[0].text) for cell in cells)
    if len(cells) < 2:
        return False
    if any(len(cell) > _MAX_CELL_LINES for cell in cells):
        return False
    if any(kind_of_heading(each.text) for cell in cells for each in cell[1:] if each.bold):
        return False
    return sum(len(cell) > 1 and any(is_only_dates(each.text) for each in cell) for cell in cells) < 2
