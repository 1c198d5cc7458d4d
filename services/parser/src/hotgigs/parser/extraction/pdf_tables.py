"""Tables with drawn lines: the text of each cell put together, and each row read as one."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from hotgigs.parser.dates import is_only_dates
from hotgigs.parser.document import Line
from hotgigs.parser.extraction.pdf_columns import rows
from hotgigs.parser.extraction.pdf_fragments import Fragment
from hotgigs.parser.extraction.pdf_rulings import Cell, Rulings, cell_around, rows_of, rulings
from hotgigs.parser.extraction.table_rows import read_row
from hotgigs.parser.headings import kind_of_heading
from hotgigs.parser.passages import joined, runs_over
from hotgigs.parser.separators import bullet_text

_MAX_FRAGMENTS = 2_000
_MAX_CELL_LINES = 25
_OVERLAPS = 2.0
"""Points by which text may stand over a cell's edge."""
_MAX_INSET = 12.0
"""Points between a cell's edge and its text."""

LineOf = Callable[[list[Fragment]], Line]


class TableRow(Fragment, frozen=True):
    """What a table's row holds, in the place that it takes on the page."""

    lines: tuple[Line, ...] = ()


def with_tables(page: Any, fragments: Sequence[Fragment], line_of: LineOf) -> list[Fragment]:
    """In the given order; a table's row takes the place of its first fragment. ``page``: a `pymupdf.Page`."""
    lines = rulings(page) if len(fragments) <= _MAX_FRAGMENTS else Rulings()
    if not lines.vertical:
        return list(fragments)
    words: list[Any] = []
    held: dict[Cell, list[Fragment]] = {}
    first_of: dict[int, int] = {}
    pieces: list[Fragment] = []
    for fragment in fragments:
        crossed = [line.at for line in lines.vertical if _crosses(fragment, line.at, line.begin, line.end)]
        if crossed and not words:
            words = page.get_text("words")
        pieces.extend(parted(fragment, crossed, words) if crossed else [fragment])
    for index, fragment in enumerate(pieces):
        cell = cell_around((fragment.x0 + fragment.x1) / 2, (fragment.y0 + fragment.y1) / 2, lines)
        if cell and fragment.x0 >= cell.x0 - _OVERLAPS and fragment.x1 <= cell.x1 + _OVERLAPS:
            held.setdefault(cell, []).append(fragment)
            first_of[id(fragment)] = index
    replaced: dict[int, Fragment | None] = {}
    for row in rows_of(held):
        if not _is_row([held[cell] for cell in row]):
            continue
        own = [fragment for cell in row for fragment in held[cell]]
        replaced.update((id(fragment), None) for fragment in own)
        replaced[id(min(own, key=lambda each: first_of[id(each)]))] = _table_row(row, held, line_of)
    if not replaced:
        return list(fragments)
    return [found for each in pieces if (found := replaced.get(id(each), each)) is not None]


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
    """No boxes with sections of their own, and no cards with a date each."""
    if any(len(cell) > _MAX_CELL_LINES for cell in cells):
        return False
    if any(kind_of_heading(each.text) for cell in cells for each in cell[1:] if each.bold):
        return False
    return sum(len(cell) > 1 and any(is_only_dates(each.text) for each in cell) for cell in cells) < 2


def _table_row(row: Sequence[Cell], held: dict[Cell, list[Fragment]], line_of: LineOf) -> TableRow:
    lines = tuple(read_row([_cell_lines(cell, held[cell], line_of) for cell in row]))
    fragment = held[row[0]][0]
    return TableRow(
        text=lines[0].text,
        x0=row[0].x0,
        y0=row[0].y0,
        x1=row[-1].x1,
        y1=row[0].y1,
        size=fragment.size,
        bold=fragment.bold,
        italic=fragment.italic,
        colour=fragment.colour,
        baseline=fragment.baseline,
        lines=lines,
    )


def _cell_lines(cell: Cell, fragments: Sequence[Fragment], line_of: LineOf) -> list[Line]:
    """A line for each paragraph."""
    printed = [line_of(row) for row in rows(fragments)]
    margin = cell.x1 - min(min(line.x0 for line in printed) - cell.x0, _MAX_INSET)
    found: list[Line] = []
    for line in printed:
        if found and _goes_on(found[-1], line, margin):
            before = found[-1]
            found[-1] = msgspec.structs.replace(
                before, text=joined(before.text, line.text), x1=line.x1, y1=line.y1
            )
        else:
            found.append(line)
    return found


def _goes_on(before: Line, line: Line, margin: float) -> bool:
    if bullet_text(line.text) is not None or line.font_size != before.font_size:
        return False
    if bullet_text(before.text) is None and (line.weight, line.italic) != (before.weight, before.italic):
        return False
    hyphened = before.text[-1] == "-" and before.text[-2:-1].isalpha()
    return hyphened or line.text[0].islower() or runs_over(before, line, margin)
