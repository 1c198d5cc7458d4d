"""Headings of a PDF that run over several lines, put together before columns and rows are told."""

from collections import Counter, defaultdict
from collections.abc import Sequence

import msgspec

from hotgigs.parser.extraction.pdf_fragments import Block, Fragment
from hotgigs.parser.headings import MAX_HEADING_CHARS, kind_of_heading, kind_when_set_off

_MAX_LINES = 3
_MAX_GAP = 0.8
"""Times the font size."""
_CONNECTIVES = frozenset(("&", "+", "and", "und", "et", "y", "e", "of", "de"))

_Look = tuple[float, bool, bool, int]


def with_whole_headings(fragments: Sequence[Fragment]) -> list[Fragment]:
    """In the given order; a heading takes the place of its first line."""
    looks = Counter[_Look]()
    columns: defaultdict[tuple[_Look, int], list[Fragment]] = defaultdict(list)
    for fragment in fragments:
        look = (round(fragment.size, 1), fragment.bold, fragment.italic, fragment.colour)
        looks[look] += len(fragment.text)
        if len(fragment.text) <= MAX_HEADING_CHARS and not isinstance(fragment, Block):
            columns[look, round(fragment.x0)].append(fragment)
    body = looks.most_common(1)[0][0] if looks else None
    replaced: dict[int, Fragment | None] = {}
    for (look, _), column in columns.items():
        if look == body:
            continue
        column.sort(key=lambda fragment: fragment.y0)
        at = 0
        while at < len(column):
            lines = _heading_at(column, at)
            if len(lines) > 1:
                replaced.update((id(line), None) for line in lines)
                replaced[id(lines[0])] = _joined(lines)
            at += len(lines)
    if not replaced:
        return list(fragments)
    return [found for each in fragments if (found := replaced.get(id(each), each)) is not None]


def _heading_at(column: list[Fragment], at: int) -> list[Fragment]:
    """The lines of the heading that begins here; the one line where none does."""
    first = column[at]
    if kind_of_heading(first.text) is not None:
        return [first]
    lines = [first]
    for line in column[at + 1 : at + _MAX_LINES]:
        if line.y0 - lines[-1].y1 > _MAX_GAP * line.size:
            break
        lines.append(line)
    for count in range(len(lines), 1, -1):
        some = lines[:count]
        text = " ".join(line.text for line in some)
        if kind_of_heading(text) or (kind_when_set_off(text) and all(map(_goes_on, some, some[1:]))):
            return some
    return [first]


def _goes_on(upper: Fragment, lower: Fragment) -> bool:
    """Are the two lines no headings of their own?"""
    last, first = upper.text.casefold().split()[-1], lower.text.casefold().split()[0]
    if last in _CONNECTIVES or first in _CONNECTIVES or last.endswith(("-", ",", "/")):
        return True
    return kind_when_set_off(upper.text) is None


def _joined(lines: list[Fragment]) -> Fragment:
    first = lines[0]
    return msgspec.structs.replace(
        first, text=" ".join(line.text for line in lines), x1=max(line.x1 for line in lines)
    )
