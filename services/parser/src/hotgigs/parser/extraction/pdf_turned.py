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
_NEAR = 1.2
"""Times the font size, between the top of a heading and that of its section's text."""
_WIDE = 0.6
"""Of the widest gap there: one as wide may part sections."""

Gap = tuple[float, float]


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


def _gaps(upright: Sequence[Fragment]) -> list[Gap]:
    """The strips across the page that hold no text, from the top; the first is above all text."""
    found: list[Gap] = []
    reached = 0.0
    for each in sorted(upright, key=lambda each: each.y0):
        if each.y0 > reached:
            found.append((reached, each.y0))
        reached = max(reached, each.y1)
    found.append((reached, float("inf")))
    return found


def _starts(headings: Sequence[Fragment], gaps: Sequence[Gap]) -> list[float]:
    """Where the band of each heading begins."""
    tops = [top for heading in headings if (top := _gap_at_top(heading, gaps)) is not None]
    if len(tops) == len(headings) and _are_wide(tops, headings, gaps):
        return [sum(top) / 2 for top in tops]
    starts = [_between(upper, lower, gaps) for upper, lower in pairwise(headings)]
    end = starts[0] if starts else gaps[-1][0]
    first = 2 * _middle(headings[0]) - end
    above = [gap for gap in gaps if gap[1] <= _middle(headings[0])] or [gaps[0]]
    nearest = min(above, key=lambda gap: abs(gap[1] - first))
    return [sum(nearest) / 2, *starts]


def _are_wide(tops: Sequence[Gap], headings: Sequence[Fragment], gaps: Sequence[Gap]) -> bool:
    """Are the gaps above the sections as wide as others on the page?"""
    widest = [
        _widest(upper, lower, gaps) or top
        for top, (upper, lower) in zip(tops[1:], pairwise(headings), strict=True)
    ]
    least = [min(map(_width, tops[1:]), default=0.0), *map(_width, widest)]
    return all(_width(top) >= _WIDE * width for top, width in zip(tops, least, strict=True))


def _gap_at_top(heading: Fragment, gaps: Sequence[Gap]) -> Gap | None:
    """The gap above the text that begins where the heading does."""
    near = [gap for gap in gaps[:-1] if abs(gap[1] - heading.y0) <= _NEAR * heading.size]
    near = [gap for gap in near if gap[0] <= heading.y0 + heading.size / 2]
    return max(near, key=_width, default=None)


def _between(upper: Fragment, lower: Fragment, gaps: Sequence[Gap]) -> float:
    """The middle of the widest gap between two headings."""
    widest = _widest(upper, lower, gaps)
    return sum(widest) / 2 if widest else (upper.y1 + lower.y0) / 2


def _widest(upper: Fragment, lower: Fragment, gaps: Sequence[Gap]) -> Gap | None:
    begin, end = _middle(upper), _middle(lower)
    return max((gap for gap in gaps[:-1] if begin < sum(gap) / 2 < end), key=_width, default=None)


def _width(gap: Gap) -> float:
    return gap[1] - gap[0]


def _middle(fragment: Fragment) -> float:
    return (fragment.y0 + fragment.y1) / 2


def _across(fragment: Fragment) -> float:
    return (fragment.x0 + fragment.x1) / 2
