"""Tables with drawn lines: the text of each cell put together, and each row read as one."""

from collections.abc import Sequence
from typing import Any

import msgspec

from hotgigs.parser.dates import is_only_dates
from hotgigs.parser.extraction.pdf_blocks import Block, LineOf, block, paragraphs, with_blocks
from hotgigs.parser.extraction.pdf_fragments import Fragment
from hotgigs.parser.extraction.pdf_rulings import Cell, Rulings, cell_around, rows_of
from hotgigs.parser.extraction.table_rows import read_row
from hotgigs.parser.headings import kind_of_heading

_MAX_FRAGMENTS = 2_000
_MAX_CELL_LINES = 25
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
        ([fragment for cell in row for fragment in held[cell]], _table_row(row, held, line_of))
        for row in rows_of(held)
        if _is_row([held[cell] for cell in row])
    ]
    return with_blocks(pieces, found) if found else list(fragments)


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


def _table_row(row: Sequence[Cell], held: dict[Cell, list[Fragment]], line_of: LineOf) -> Block:
    lines = list(read_row([paragraphs(cell.x0, cell.x1, held[cell], line_of) for cell in row]))
    return block(lines, held[row[0]][0], (row[0].x0, row[0].y0, row[-1].x1, row[0].y1))
