"""Headings that are numbered one after another, as forms and reports number them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from hotgigs.parser.document import Line
from hotgigs.parser.headings import (
    MAX_HEADING_CHARS,
    SectionKind,
    kind_by_words,
    kind_of_heading,
    kind_when_set_off,
)

_NUMBERED = re.compile(
    r"(?:(?:section|part|teil|abschnitt|partie|secci[oó]n|seção|parte|sezione|deel)\s)?"
    r"(?P<number>\d{1,2})\s?[.):–-]\s{1,4}(?P<text>[^\W\d_][^\t]*)",
    re.IGNORECASE,
)
_ENOUGH = 3
"""Kinds of headings that have a number, to take what else has one for a heading too."""


class NumberedHeadings:
    """``9. Other Training and Certificates:`` where other headings have numbers too."""

    def __init__(self, lines: Sequence[Line]) -> None:
        known = {kind for _, text in _numbered(lines) if (kind := kind_of_heading(text))}
        numbers = Counter(int(found["number"]) for line in lines if (found := _NUMBERED.match(line.text)))
        self._once = frozenset(n for n, count in numbers.items() if count == 1 and len(known) >= _ENOUGH)

    def kind(self, line: Line) -> SectionKind | None:
        """Of a line with a number that no other line has, and nothing behind the heading."""
        for number, text in _numbered([line]) if self._once else ():
            if number in self._once:
                return kind_of_heading(text) or kind_when_set_off(text) or kind_by_words(text) or "other"
        return None


def _numbered(lines: Sequence[Line]) -> Iterator[tuple[int, str]]:
    """The numbers, and the texts that may be headings."""
    for line in lines:
        found = _NUMBERED.fullmatch(line.text.strip())
        if found is None or len(found["text"]) > MAX_HEADING_CHARS:
            continue
        text = found["text"].removesuffix(":")
        if ":" not in text and not text.endswith((".", ";", ",")):
            yield int(found["number"]), text
