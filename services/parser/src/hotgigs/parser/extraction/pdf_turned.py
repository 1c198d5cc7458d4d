"""Headings that are turned by 90 degrees and stand beside their sections.

They part the page into bands, one below the other: each is a section with its heading at its left or
right, at the height of its first line, of its middle or of its last line.
"""

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from hotgigs.parser.extraction.pdf_fragments import Fragment
from hotgigs.parser.headings import kind_of_heading, kind_when_set_off

_SAME_PLACE = 6.0
"""Points."""
_NEAR = 2.5
"""Times the font size, between the top of a heading and that of its section's text."""


class Band(Struct, frozen=True):
    """What stands beside a turned heading; ``heading`` is None for what stands above the first."""

    heading: Fragment | None
    fragments: list[Fragment]


def bands(upright: Sequence[Fragment], turned: Sequence[Fragment]) -> list[Band]:
    """From the top; one band with all of the page where no turned text is a heading."""
    headings = _headings(turned)
    if not headings or not upright:
        return [Band(None, list(upright))]
    starts = _starts(headings, _gaps(upright))
    found = [Band(None, [each for each in upright if _middle(each) < starts[0]])]
    for heading, (begin, end) in zip(headings, pairwise((*starts, float("inf"))), strict=True):
        found.append(Band(heading, [each for each in upright if begin <= _middle(each) < end]))
    return found


def _headings(turned: Sequence[Fragment]) -> list[Fragment]:
    """Those that are known, and others that look like them and stand where they do; from the top."""
    known = [
        each
        for each in turned
        if kind_of_heading(each.text) not in (None, "title") or kind_when_set_off(each.text)
    ]
    if not known:
        return []
    place = known[0]
    found = [
        each
        for each in turned
        if abs(_across(each) - _across(place)) <= _SAME_PLACE
        and (each in known or (each.size, each.bold, each.colour) == (place.size, place.bold, place.colour))
    ]
    return sorted(found, key=lambda each: each.y0)


def _gaps(upright: Sequence[Fragment]) -> list[tuple[float, float]]:
    """The strips across the page that hold no text, from the top; the first is above all text."""
    found: list[tuple[float, float]] = []
    reached = 0.0
    for each in sorted(upright, key=lambda each: each.y0):
        if each.y0 > reached:
            found.append((reached, each.y0))
        reached = max(reached, each.y1)
    found.append((reached, float("inf")))
    return found


def _starts(headings: Sequence[Fragment], gaps: Sequence[tuple[float, float]]) -> list[float]:
    """Where the band of each heading begins."""
    tops = [_gap_at_top(heading, gaps) for heading in headings]
    if all(top is not None for top in tops):
        return [sum(top) / 2 for top in tops if top is not None]
    starts = [_between(upper, lower, gaps) for upper, lower in pairwise(headings)]
    end = starts[0] if starts else gaps[-1][0]
    first = 2 * _middle(headings[0]) - end
    above = [gap for gap in gaps if gap[1] <= _middle(headings[0])] or [gaps[0]]
    nearest = min(above, key=lambda gap: abs(gap[1] - first))
    return [sum(nearest) / 2, *starts]


def _gap_at_top(heading: Fragment, gaps: Sequence[tuple[float, float]]) -> tuple[float, float] | None:
    """The gap above the text that begins where the heading does."""
    near = [gap for gap in gaps[:-1] if abs(gap[1] - heading.y0) <= _NEAR * heading.size]
    near = [gap for gap in near if gap[0] <= heading.y0 + heading.size / 2]
    return max(near, key=lambda gap: gap[1] - gap[0], default=None)


def _between(upper: Fragment, lower: Fragment, gaps: Sequence[tuple[float, float]]) -> float:
    """The middle of the widest gap between two headings."""
    begin, end = _middle(upper), _middle(lower)
    found = [gap for gap in gaps[:-1] if begin < sum(gap) / 2 < end]
    if not found:
        return (upper.y1 + lower.y0) / 2
    upper_end, lower_begin = max(found, key=lambda gap: gap[1] - gap[0])
    return (upper_end + lower_begin) / 2


def _middle(fragment: Fragment) -> float:
    return (fragment.y0 + fragment.y1) / 2


def _across(fragment: Fragment) -> float:
    return (fragment.x0 + fragment.x1) / 2
