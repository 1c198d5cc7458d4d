"""Entries that a PDF sets beside each other, as on cards, told from tables that have an entry a row.

Cards have each their own date, so that a row of them has several; a table has its dates in one column.
"""

from collections.abc import Sequence

from hotgigs.parser.dates import find_periods
from hotgigs.parser.extraction.pdf_fragments import Fragment

Row = list[Fragment]

_SAME_EDGE = 2.0
"""Points."""
_MAX_GAP = 0.9
"""Times the font size, between rows of the same cards."""
_MAX_ROWS = 8


def cards_read_one_by_one(rows: Sequence[Row]) -> list[Row]:
    """The same rows; those of cards are parted into a row for each card's line, card by card."""
    found: list[Row] = []
    at = 0
    while at < len(rows):
        end = _end_of_cards(rows, at)
        if end - at > 1 and _has_dates_in_a_row(rows[at:end]):
            edges = [fragment.x0 for fragment in rows[at]]
            for edge in edges:
                found += ([each] for row in rows[at:end] for each in row if abs(each.x0 - edge) <= _SAME_EDGE)
            at = end
        else:
            found.append(rows[at])
            at += 1
    return found


def _end_of_cards(rows: Sequence[Row], begin: int) -> int:
    """Where the rows end that stand close to each other and begin at the edges of the first, all alike."""
    first = rows[begin]
    if len(first) < 2 or any(_differ(first[0], each) for each in first) or _dated(first):
        return begin
    edges = [fragment.x0 for fragment in first]
    end = begin + 1
    while end < min(len(rows), begin + _MAX_ROWS):
        row, above = rows[end], rows[end - 1]
        if row[0].y0 - max(each.y1 for each in above) > _MAX_GAP * row[0].size:
            break
        if not all(any(abs(each.x0 - edge) <= _SAME_EDGE for edge in edges) for each in row):
            break
        if any(_differ(row[0], each) for each in row):
            break
        end += 1
    return end


def _has_dates_in_a_row(rows: Sequence[Row]) -> bool:
    return any(_dated(row) > 1 for row in rows)


def _dated(row: Row) -> int:
    return sum(bool(find_periods(fragment.text)) for fragment in row)


def _differ(one: Fragment, other: Fragment) -> bool:
    return (one.bold, one.italic, round(one.size, 1)) != (other.bold, other.italic, round(other.size, 1))
