"""Lines of a header, told by their look, that run over the edge of a column and go on below."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from hotgigs.parser.dates import find_periods
from hotgigs.parser.extraction.pdf_fragments import Block, Fragment, Look
from hotgigs.parser.headings import kind_of_heading
from hotgigs.parser.passages import joined
from hotgigs.parser.separators import bullet_text

Row = list[Fragment]

_SAME_EDGE = 1.5
"""Points."""
_MAX_GAP = 0.6
"""Times the font size, between a line and its next one."""
_MAX_CHARS = 160


def with_whole_headers(rows: Sequence[Row]) -> list[Row]:
    """The rows of a region from top to bottom; one that goes on with its last look is put together.

    What goes on for more than one line, or looks as most of the text does, is prose and stays as it is.
    """
    looks = Counter[Look]()
    for row in rows:
        for fragment in row:
            first, last = fragment.looks
            looks[last] += len(fragment.text) if first == last else 0
    body = looks.most_common(1)[0][0] if looks else None
    edge = max(fragment.x1 for row in rows for fragment in row)
    goes_on = [upper[0].looks[1] != body and _goes_on(upper, lower, edge) for upper, lower in pairwise(rows)]
    found: list[Row] = []
    for index, row in enumerate(rows):
        before = index - 1
        if index and goes_on[before] and not _in_prose(goes_on, before):
            found[-1] = [_whole(found[-1][0], row[0]), *found[-1][1:], *row[1:]]
        else:
            found.append(row)
    return found


def _in_prose(goes_on: Sequence[bool], index: int) -> bool:
    return any(goes_on[max(index - 1, 0) : index]) or any(goes_on[index + 1 : index + 2])


def _goes_on(upper_row: Row, lower_row: Row, edge: float) -> bool:
    upper, lower = upper_row[0], lower_row[0]
    is_read = isinstance(upper, Block) or isinstance(lower, Block)
    if is_read or len(upper_row) > 2 or len(lower_row) > 1 or len(upper.text) + len(lower.text) > _MAX_CHARS:
        return False
    if upper.looks[1] != lower.looks[0] or abs(upper.x0 - lower.x0) > _SAME_EDGE:
        return False
    if not -_MAX_GAP * upper.size < lower.y0 - upper.y1 < _MAX_GAP * upper.size:
        return False
    if len(upper_row) == 2:
        edge = upper_row[1].x0 - upper.size / 2
    if upper.x1 + _width_of_first_word(lower) <= edge or bullet_text(lower.text) is not None:
        return False
    if " " not in upper.text or "@" in upper.text:
        return False
    return not (find_periods(lower.text) or kind_of_heading(upper.text) or kind_of_heading(lower.text))


def _width_of_first_word(line: Fragment) -> float:
    """With the space before it."""
    word = line.text.split(None, 1)[0]
    return (line.x1 - line.x0) * (len(word) + 1) / len(line.text)


def _whole(upper: Fragment, lower: Fragment) -> Fragment:
    lead = upper.lead
    if not lead and lower.lead and upper.looks[0] == upper.looks[1]:
        lead = joined(upper.text, lower.lead)
    return msgspec.structs.replace(
        upper,
        text=joined(upper.text, lower.text),
        x1=max(upper.x1, lower.x1),
        y1=lower.y1,
        lead=lead,
        looks=(upper.looks[0], lower.looks[1]),
    )
