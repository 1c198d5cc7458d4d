"""The reading order of a page: which gaps part columns, and which part the cells of a row.

A gutter is a vertical strip that no text crosses. Left of it may stand a sidebar, which is read on
its own, or the dates or labels of the text beside them, which belong to its lines. What tells them
apart: a sidebar has headings of its own as the main column has, or lines that stand on other
baselines than their neighbours'.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec
from msgspec import Struct

from hotgigs.parser.dates import breaks_period, is_only_dates
from hotgigs.parser.extraction.pdf_fragments import Block, Fragment
from hotgigs.parser.form_labels import is_label
from hotgigs.parser.headings import kind_of_heading

_MIN_LINES = 3
_MAX_CANDIDATES = 8
_MAX_DEPTH = 3
_MAX_IN_ROW = 12
_SAME_EDGE = 3.0
"""Points by which left edges of one column may differ."""
_SAME_HEIGHT = 2.0
"""Points by which the middles of fragments beside each other may differ."""
_MOSTLY_BESIDE = 0.6
_ALL_BESIDE = 0.9
_MAX_HEAD_CHARS = 45
"""Of a line of the head of a page: a longer one is prose."""
_MUCH_LARGER = 1.5
"""Times the font size: text so much larger shares a line only with what stands on its baseline."""
_MAX_BELOW = 3
"""Lines of a note at the right edge, below a date."""
_MIN_GUTTER = 4.0
"""Points."""
_CONTINUED = 0.8
"""Share of a page's text beside a gutter of the page before that lets the gutter go on."""


class Region(Struct, frozen=True):
    """Fragments to be read row by row; ``column`` counts from the left."""

    fragments: tuple[Fragment, ...]
    column: int = 0


class _Split(Struct, frozen=True):
    above: list[Fragment]
    left: list[Fragment]
    right: list[Fragment]
    below: list[Fragment]
    gutter: float

    @property
    def size(self) -> int:
        return len(self.left) + len(self.right)


def regions(
    fragments: Sequence[Fragment], known_gutters: Sequence[float] = ()
) -> tuple[list[Region], list[float]]:
    """The page's regions in reading order, and the gutters between its columns (x, points).

    ``known_gutters`` are those of the page before: a sidebar that ends early on this page, or is
    empty, is still one.
    """
    ordered = sorted(fragments, key=lambda fragment: fragment.y0)
    division = _Division()
    division.divide(ordered, 0, _MAX_DEPTH, _continued(ordered, known_gutters))
    return division.regions, division.gutters


class _Division:
    """Regions and gutters of one page, as they are found."""

    def __init__(self) -> None:
        self.regions: list[Region] = []
        self.gutters: list[float] = []

    def divide(self, fragments: list[Fragment], column: int, depth: int, known: _Split | None = None) -> None:
        if not fragments:
            return
        split = (known or _best_split(fragments)) if depth else None
        if split is None:
            self.regions.append(Region(tuple(fragments), column))
            return
        self.gutters.append(split.gutter)
        self.divide(split.above, column, depth - 1)
        self.divide(split.left, column, depth - 1)
        self.divide(split.right, column + 1, depth - 1)
        self.divide(split.below, column, depth - 1)


def _continued(fragments: list[Fragment], known: Sequence[float]) -> _Split | None:
    """The split at a gutter of the page before, where most of this page still stands beside it."""
    for gutter in known:
        split = max(_runs_beside(fragments, gutter), key=lambda run: run.size, default=None)
        if split and split.size >= _CONTINUED * len(fragments) and split.right:
            return split
    return None


def _best_split(fragments: list[Fragment]) -> _Split | None:
    centred = _centred_headings(fragments)
    splits = (
        split
        for gutter in _candidate_gutters(fragments)
        for split in _runs_beside(fragments, gutter, centred)
        if split.size >= 2 * _MIN_LINES and _are_columns(split)
    )
    return max(splits, key=lambda split: split.size, default=None)


def _candidate_gutters(fragments: list[Fragment]) -> list[float]:
    """Left edges, other than the leftmost, at which several lines begin; the commonest first."""
    edges = Counter(round(fragment.x0 / _SAME_EDGE) for fragment in fragments)
    leftmost = min(edges)
    common = [
        edge
        for edge, lines in edges.most_common(_MAX_CANDIDATES)
        if lines >= _MIN_LINES and edge > leftmost + 1
    ]
    lowest = {edge: _SAME_EDGE * edge for edge in common}
    for fragment in fragments:
        edge = round(fragment.x0 / _SAME_EDGE)
        if edge in lowest:
            lowest[edge] = min(lowest[edge], fragment.x0)
    return [x - 1 for x in lowest.values()]


def _centred_headings(fragments: list[Fragment]) -> frozenset[int]:
    """Those in the middle of all the text, with nothing beside them; they belong to no column."""
    middle = (min(each.x0 for each in fragments) + max(each.x1 for each in fragments)) / 2
    edges = Counter(round(each.x0 / _SAME_EDGE) for each in fragments)
    return frozenset(
        index
        for index, fragment in enumerate(fragments)
        if abs((fragment.x0 + fragment.x1) / 2 - middle) <= _SAME_EDGE
        and edges[round(fragment.x0 / _SAME_EDGE)] < _MIN_LINES
        and _is_heading(fragment)
        and not any(
            _beside(fragment, other)
            for other in fragments[max(index - _MAX_IN_ROW, 0) : index + _MAX_IN_ROW]
            if other is not fragment
        )
    )


def _runs_beside(
    fragments: list[Fragment], gutter: float, centred: frozenset[int] = frozenset()
) -> Iterator[_Split]:
    """The stretches of the page, from top to bottom, in which no text crosses the gutter."""
    crossing = _in_crossing_rows(fragments, gutter, centred)
    start = 0
    for end in (*crossing, len(fragments)):
        start += _rows_above_columns(fragments[start:end], gutter)
        run = fragments[start:end]
        if run:
            left = [fragment for fragment in run if fragment.x0 < gutter]
            right = [fragment for fragment in run if fragment.x0 >= gutter]
            yield _Split(fragments[:start], left, right, fragments[end:], gutter)
        start = end + 1


def _in_crossing_rows(fragments: list[Fragment], gutter: float, centred: frozenset[int]) -> list[int]:
    """The fragments that cross the gutter or stand over it, and those beside them; in order."""
    found: set[int] = set()
    for index, fragment in enumerate(fragments):
        if fragment.x0 < gutter < fragment.x1 + _MIN_GUTTER or index in centred:
            near = range(max(index - _MAX_IN_ROW, 0), min(index + _MAX_IN_ROW, len(fragments)))
            found.update(
                other for other in near if other not in found and _beside(fragment, fragments[other])
            )
    return sorted(found)


def _rows_above_columns(run: list[Fragment], gutter: float) -> int:
    """How many fragments at the top of a run belong to rows that only seem to be columns.

    Above the first heading of the right side, text that stands on the heights of the left side's
    is a row of tags or ratings. What stands above first headings that are set on one height is the
    head of the page.
    """
    right = [index for index, fragment in enumerate(run) if fragment.x0 >= gutter]
    heading = next((index for index in right if _is_heading(run[index])), None)
    if heading is None:
        return 0
    top = run[heading].y0 - _SAME_HEIGHT
    above = [fragment for fragment in run[:heading] if fragment.y0 < top]
    beside = [fragment for fragment in above if fragment.x0 >= gutter]
    others = [fragment for fragment in above if fragment.x0 < gutter]
    if not beside or not others:
        return 0
    if _share_beside(beside, others) > _ALL_BESIDE:
        return len(above)
    first = next((fragment for fragment in run if fragment.x0 < gutter and _is_heading(fragment)), None)
    is_head = first is not None and abs(_middle(first) - _middle(run[heading])) <= _SAME_HEIGHT
    return len(above) if is_head and all(len(each.text) <= _MAX_HEAD_CHARS for each in above) else 0


def _are_columns(split: _Split) -> bool:
    left, right = split.left, split.right
    if min(len(left), len(right)) < _MIN_LINES or _is_gutter_of_labels(left, right):
        return False
    left_texts = [fragment for fragment in left if not _is_heading(fragment)]
    right_texts = [fragment for fragment in right if not _is_heading(fragment)]
    # Headings and dates alone stand in the margin of what they belong to.
    if _mostly_dates(left_texts) or _mostly_dates(right_texts) or _mostly_labels(left_texts):
        return False
    if len(left_texts) < len(left) and len(right_texts) < len(right):
        return True
    if min(len(left_texts), len(right_texts)) <= _MIN_LINES:
        return False
    beside = max(_share_beside(left_texts, right_texts), _share_beside(right_texts, left_texts))
    return beside < _MOSTLY_BESIDE


def _is_gutter_of_labels(left: list[Fragment], right: list[Fragment]) -> bool:
    """Labels or dates that end at one edge, close to the lines that they belong to."""
    edge = max(fragment.x1 for fragment in left)
    flush = sum(edge - fragment.x1 < _SAME_EDGE for fragment in left)
    if flush < _MOSTLY_BESIDE * len(left) or len({round(fragment.x0) for fragment in left}) < _MIN_LINES:
        return False
    return _share_beside(left, right) > _MOSTLY_BESIDE


def _is_heading(fragment: Fragment) -> bool:
    return kind_of_heading(fragment.text) not in (None, "title")


def _mostly_dates(fragments: list[Fragment]) -> bool:
    dates = sum(is_only_dates(fragment.text) for fragment in fragments)
    return 2 * dates >= len(fragments)


def _mostly_labels(fragments: list[Fragment]) -> bool:
    return 2 * sum(is_label(fragment.text) for fragment in fragments) > len(fragments)


def _share_beside(some: list[Fragment], others: list[Fragment]) -> float:
    """How many stand on the height of one of the others."""
    heights = sorted(_middle(fragment) for fragment in others)
    beside = 0
    for fragment in some:
        index = bisect_left(heights, _middle(fragment) - _SAME_HEIGHT)
        beside += index < len(heights) and heights[index] <= _middle(fragment) + _SAME_HEIGHT
    return beside / len(some)


def _middle(fragment: Fragment) -> float:
    return (fragment.y0 + fragment.y1) / 2


def rows(fragments: Sequence[Fragment]) -> list[list[Fragment]]:
    """Fragments that stand beside each other, from top to bottom, each row from left to right."""
    found: list[list[Fragment]] = []
    for fragment in sorted(fragments, key=lambda each: (each.y0 + each.y1, each.x0)):
        if found and _beside(found[-1][0], fragment):
            found[-1].append(fragment)
        else:
            found.append([fragment])
    for row in found:
        row.sort(key=lambda each: each.x0)
    return _with_whole_side_dates(_with_whole_dates(found))


def _with_whole_dates(rows_in_order: list[list[Fragment]]) -> list[list[Fragment]]:
    """A period that a narrow gutter of dates breaks over two lines goes to the upper row as a whole."""
    found: list[list[Fragment]] = []
    for row in rows_in_order:
        if found and len(found[-1]) > 1 and _completes_date(found[-1][0], row[0], found[-1][1].x0):
            upper, lower = found[-1][0], row[0]
            found[-1][0] = msgspec.structs.replace(upper, text=f"{upper.text} {lower.text}", y1=lower.y1)
            row = row[1:]  # noqa: PLW2901
        if row:
            found.append(row)
    return found


def _with_whole_side_dates(rows_in_order: list[list[Fragment]]) -> list[list[Fragment]]:
    """A period that is broken at the right edge is whole in its upper row; what stands below it moves up."""
    found = [list(row) for row in rows_in_order]
    for index, (row, below) in enumerate(pairwise(found)):
        if len(row) < 2 or not below or not _stand_at_one_edge(row[-1], below[-1]):
            continue
        if not _is_period_in_two(row[-1], below[-1]):
            continue
        upper, lower = row[-1], below.pop()
        row[-1] = msgspec.structs.replace(
            upper, text=f"{upper.text} {lower.text}", x0=min(upper.x0, lower.x0), y1=lower.y1
        )
        for above, under in pairwise(found[index + 1 : index + 2 + _MAX_BELOW]):
            if not under or not _stand_at_one_edge(lower, under[-1]):
                break
            lower = under.pop()
            above.append(lower)
    return [row for row in found if row]


def _is_period_in_two(upper: Fragment, lower: Fragment) -> bool:
    if isinstance(upper, Block) or isinstance(lower, Block):
        return False
    if not (is_only_dates(lower.text) or is_only_dates(f"{upper.text} {lower.text}")):
        return False
    return breaks_period(upper.text, lower.text)


def _stand_at_one_edge(upper: Fragment, lower: Fragment) -> bool:
    """Do both end at the same distance from the left, one right below the other?"""
    return abs(upper.x1 - lower.x1) <= _SAME_EDGE and -3 <= lower.y0 - upper.y1 <= 0.6 * upper.size


def _completes_date(upper: Fragment, lower: Fragment, gutter_end: float) -> bool:
    aligned = min(abs(upper.x0 - lower.x0), abs(upper.x1 - lower.x1)) <= _SAME_EDGE
    if not aligned or lower.x1 > gutter_end:
        return False
    if lower.y0 - upper.y1 > 0.6 * upper.size:
        return False
    return _is_period_in_two(upper, lower)


def _beside(one: Fragment, other: Fragment) -> bool:
    if one.y1 < other.y0 or other.y1 < one.y0:
        return False
    overlap = min(one.y1, other.y1) - max(one.y0, other.y0)
    if overlap <= 0.6 * min(one.y1 - one.y0, other.y1 - other.y0):
        return False
    small, large = sorted((one.size, other.size))
    return large <= _MUCH_LARGER * small or abs(one.baseline - other.baseline) <= _SAME_HEIGHT
