"""How the headings of one document look, learned from those whose words are known."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from hotgigs.parser.dates import find_periods
from hotgigs.parser.document import Line
from hotgigs.parser.grades import find_grade
from hotgigs.parser.headings import (
    MAX_HEADING_CHARS,
    SectionKind,
    kind_by_words,
    kind_of_heading,
    kind_when_set_off,
)
from hotgigs.parser.organisations import names_organisation
from hotgigs.parser.roles import names_role
from hotgigs.parser.separators import bullet_text

Look = tuple[float, int, bool, bool, str, int]

_IN_ENTRY = re.compile(r"\d|:\s*\S|^[-–—(]")
_OFTEN = 3
"""What is printed so many times is a label inside entries, such as "Activities:"."""
_DIGITS_OF_NUMBER = 7
"""Of a telephone number, at least."""
_SAME_PLACE = 6.0
"""Points."""
_RARE = 3
"""A look is not that of headings where another has so many times as many of them."""


def look_of(line: Line) -> Look:
    """Size, weight, capitals, slant, style and colour."""
    capitals = line.text.upper() == line.text and line.text.lower() != line.text
    return (round(2 * line.font_size) / 2, line.weight, capitals, line.italic, line.style, line.colour)


class HeadingLooks:
    """Tells headings from other lines by words and look together."""

    def __init__(self, lines: Sequence[Line]) -> None:
        chars: Counter[Look] = Counter()
        looks = [look_of(line) for line in lines]
        for line, look in zip(lines, looks, strict=True):
            chars[look] += len(line.text)
        self._body = chars.most_common(1)[0][0] if chars else None
        known = Counter(
            look
            for line, look in zip(lines, looks, strict=True)
            if look != self._body and kind_of_heading(line.text)
        )
        texts = Counter(line.text for line in lines if kind_of_heading(line.text))
        self._stands = _stands(line for line in lines if line.page and kind_of_heading(line.text))
        self._labels = frozenset(text for text, count in texts.items() if count >= _OFTEN)
        most = max(known.values(), default=0)
        enough = max(min(2, most), most / _RARE)
        self._looks = frozenset(look for look, count in known.items() if count >= enough)
        new = Counter(
            look
            for line, look in zip(lines, looks, strict=True)
            if look in self._looks and _is_new(line.text)
        )
        # A look that most lines have which are no known heading is that of job titles, say.
        self._new_allowed = frozenset(look for look in self._looks if new[look] <= max(2, 2 * known[look]))

    def kind(self, line: Line, *, begun: bool) -> SectionKind | None:
        """Of the section that the line opens as its heading; ``begun``: it is not the first one.

        Words of headings alone make a heading in any look but a list item's; words that stand elsewhere
        too need the look of one; what has the look and no known words is one of kind ``other``.
        """
        text = line.text
        if len(text) > MAX_HEADING_CHARS or text in self._labels:
            return None
        look = look_of(line)
        exact = kind_of_heading(text)
        if exact is not None and not (line.is_list_item and look == self._body):
            return exact if self._fits(look) else None
        if not self._sets_off(look) or not could_be_heading(line) or not self._stands_with_them(line):
            return None
        composed = kind_when_set_off(text)
        if composed is not None:
            return composed
        if not begun or look not in self._looks:
            return None
        is_new = look in self._new_allowed and not _is_of_entry(text)
        return kind_by_words(text) or ("other" if is_new else None)

    def is_set_off(self, line: Line) -> bool:
        """Is the line bolder than most, though it may not look as the headings do?"""
        bold = self._body is not None and line.weight > self._body[1]
        return bold and not line.is_list_item and could_be_heading(line)

    def _stands_with_them(self, line: Line) -> bool:
        """Does it begin, or have its middle, where a known heading of its column has?"""
        edges = self._stands.get(line.column)
        if not line.page or not edges:
            return True
        return any(
            abs(line.x0 - x0) <= _SAME_PLACE or abs(line.x0 + line.x1 - x0 - x1) <= 2 * _SAME_PLACE
            for x0, x1 in edges
        )

    def _fits(self, look: Look) -> bool:
        """Any look will do where headings have none of their own; else theirs, or one that stands out."""
        return not self._looks or self._is_theirs(look) or self._outshines(look)

    def _sets_off(self, look: Look) -> bool:
        if self._looks:
            return self._is_theirs(look) or self._outshines(look)
        body = self._body
        return body is not None and look[0] >= body[0] and (look[0] > body[0] or look[1] > body[1] or look[2])

    def _is_theirs(self, look: Look) -> bool:
        """Some write one heading in capitals and the next one not."""
        if look in self._looks:
            return True
        size, weight, capitals, *rest = look
        in_other_case = (size, weight, not capitals, *rest)
        return in_other_case in self._looks and _without_case(look) != _without_case(self._body)

    def _outshines(self, look: Look) -> bool:
        size, weight, capitals, *_ = look
        body = self._body
        return (
            body is not None
            and size >= max(size for size, *_ in self._looks)
            and (weight > body[1] or capitals)
        )


def _stands(headings: Iterable[Line]) -> dict[int, set[tuple[float, float]]]:
    """By column, where headings begin and end."""
    found: dict[int, set[tuple[float, float]]] = {}
    for line in headings:
        found.setdefault(line.column, set()).add((line.x0, line.x1))
    return found


def _without_case(look: Look | None) -> tuple[object, ...]:
    return () if look is None else (*look[:2], *look[3:])


def could_be_heading(line: Line) -> bool:
    text = line.text
    if line.is_list_item or "\t" in text or "@" in text or text[-1] in ".,;":
        return False
    if bullet_text(text) in ("", text) or text[:2] in ("- ", "– ", "* ", "• ") or find_grade(text):
        return False
    if sum(map(str.isdigit, text)) >= _DIGITS_OF_NUMBER:
        return False
    return any(char.isalpha() for char in text) and not find_periods(text)


def _is_new(text: str) -> bool:
    """Short enough for a heading, and of no words that we know of headings?"""
    return len(text) <= MAX_HEADING_CHARS and not (
        kind_of_heading(text) or kind_when_set_off(text) or kind_by_words(text) or _is_of_entry(text)
    )


def _is_of_entry(text: str) -> bool:
    """Does it name a role or an organisation, give a number, or a value behind a label?"""
    return bool(_IN_ENTRY.search(text)) or names_role(text) or names_organisation(text)
