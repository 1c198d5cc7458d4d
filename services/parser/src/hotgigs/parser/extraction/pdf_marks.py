"""Marks of lists that a PDF draws as shapes, as browsers print discs, circles and squares."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import msgspec

from hotgigs.parser.dates import find_periods
from hotgigs.parser.extraction.pdf_fragments import Fragment

_MARK = "• "
_MIN_SIZE, _MAX_SIZE = 1.2, 7.0
"""Points."""
_MAX_SHARE = 0.6
"""Of the font size."""
_MAX_RATIO = 1.4
_MIN_GAP, _MAX_GAP = 0.1, 2.2
"""Times the font size, between a mark and its text."""
_MIN_MARKS = 2
"""So many stand below each other."""
_RARE = 5
"""Times as many marks as have a period behind them: fewer stand before entries."""
_MAX_SHAPES = 500


class _Shape(NamedTuple):
    y: float
    x0: float
    x1: float


def with_drawn_marks(drawings: Iterable[dict[str, Any]], fragments: Sequence[Fragment]) -> list[Fragment]:
    """The same fragments; those that a single small shape stands before have a mark as if it were printed."""
    shapes = sorted({shape for drawing in drawings if (shape := _shape(drawing)) is not None})
    if not _MIN_MARKS <= len(shapes) <= _MAX_SHAPES:
        return list(fragments)
    heights = [shape.y for shape in shapes]
    marks = [_mark_before(fragment, shapes, heights) for fragment in fragments]
    below: Counter[int] = Counter()
    entries: Counter[int] = Counter()
    for fragment, mark in zip(fragments, marks, strict=True):
        if mark is not None:
            below[round(mark.x0)] += 1
            entries[round(mark.x0)] += _heads_entry(fragment)
    of_lists = {edge for edge, count in below.items() if count >= max(_MIN_MARKS, _RARE * entries[edge])}
    return [
        msgspec.structs.replace(fragment, text=_MARK + fragment.text, x0=mark.x0)
        if mark is not None and round(mark.x0) in of_lists
        else fragment
        for fragment, mark in zip(fragments, marks, strict=True)
    ]


def _heads_entry(fragment: Fragment) -> bool:
    """Some set a mark before each job, too."""
    return any(period.is_range for period in find_periods(fragment.text))


def _shape(drawing: dict[str, Any]) -> _Shape | None:
    x0, y0, x1, y1 = drawing["rect"]
    small, large = sorted((x1 - x0, y1 - y0))
    if not (small >= _MIN_SIZE and large <= _MAX_SIZE and large <= _MAX_RATIO * small):
        return None
    return _Shape((y0 + y1) / 2, x0, x1)


def _mark_before(fragment: Fragment, shapes: Sequence[_Shape], heights: Sequence[float]) -> _Shape | None:
    """The shape left of the text, in the middle of its height, unless several stand there."""
    size = fragment.size
    middle = (fragment.y0 + fragment.y1) / 2
    near = shapes[bisect_left(heights, middle - size / 2) : bisect_right(heights, middle + size / 2)]
    left = [shape for shape in near if -4 * _MAX_GAP * size <= shape.x1 - fragment.x0 <= 0]
    if len(left) != 1 or left[0].x1 - left[0].x0 > _MAX_SHARE * size:
        return None
    gap = fragment.x0 - left[0].x1
    return left[0] if _MIN_GAP * size <= gap <= _MAX_GAP * size else None
