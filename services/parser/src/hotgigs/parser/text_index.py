"""Where in a document a text is printed."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property

from msgspec import Struct

from hotgigs.contracts.resume_data import Box
from hotgigs.parser.dates import PartialDate, Period, find_periods
from hotgigs.parser.document import Line

_MAX_QUOTE_CHARS = 200
_FIRST_WORDS = 6
_LAST_DIGITS = 7
_HYPHENS_AND_BLANKS = dict.fromkeys(map(ord, "-\u00ad‐‑ \t\n\u00a0\u202f\u2009"))


class Place(Struct, frozen=True):
    """A stretch of the document. ``begin`` counts folded characters from the document's first, and
    ``line_number`` its lines; ``lines`` are those that it runs over."""

    begin: int
    line_number: int
    lines: tuple[Line, ...]

    @property
    def page(self) -> int | None:
        return self.lines[0].page or None

    @property
    def box(self) -> Box | None:
        """Around the lines on the first page that it is on."""
        page = self.lines[0].page
        if not page:
            return None
        if len(self.lines) == 1:
            line = self.lines[0]
            return Box(x0=round(line.x0, 1), y0=round(line.y0, 1), x1=round(line.x1, 1), y1=round(line.y1, 1))
        own = [line for line in self.lines if line.page == page]
        return Box(
            x0=round(min(line.x0 for line in own), 1),
            y0=round(min(line.y0 for line in own), 1),
            x1=round(max(line.x1 for line in own), 1),
            y1=round(max(line.y1 for line in own), 1),
        )

    @property
    def text(self) -> str:
        return " ".join(line.text.strip() for line in self.lines)[:_MAX_QUOTE_CHARS]


def folded(text: str) -> str:
    """As it compares: without case, accents, blanks and hyphens, ligatures taken apart."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in text if not unicodedata.combining(char))
    return text.translate(_HYPHENS_AND_BLANKS).casefold()


def _digits(text: str) -> str:
    return "".join(filter(str.isdecimal, text))


class TextIndex:
    """The text of a document's lines in reading order. Blanks, hyphens, case and accents do not count."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        folded_lines = [folded(line.text) for line in lines]
        self._text = "".join(folded_lines)
        self._begins = [0]
        for each in folded_lines[:-1]:
            self._begins.append(self._begins[-1] + len(each))

    def find(self, value: str, near: int | None = None) -> Place | None:
        """Where ``value`` is printed nearest to the place that begins at ``near``, or first at all."""
        wanted = folded(value)
        if not wanted:
            return None
        begin = self._text.find(wanted, near or 0)
        if near:
            before = self._text.rfind(wanted, 0, near)
            if begin < 0 or (before >= 0 and near - before < begin - near):
                begin = before
        return None if begin < 0 else self._place(begin, begin + len(wanted))

    def find_start(self, value: str, near: int | None = None) -> Place | None:
        """As `find`; of a text that is not printed in one piece, where its first words are."""
        return self.find(value, near) or self.find(" ".join(value.split()[:_FIRST_WORDS]), near)

    def find_digits(self, value: str) -> Place | None:
        """The first line with the last digits of a number, however they are grouped."""
        wanted = _digits(value)[-_LAST_DIGITS:]
        for begin, line in zip(self._begins, self._lines, strict=True):
            if wanted and wanted in _digits(line.text):
                return self._place(begin, begin + 1)
        return None

    def find_date(self, value: str, near: int) -> Place | None:
        """Of the lines with this date, the one nearest to ``near``; ``value`` is ``YYYY-MM`` or ``YYYY``."""
        begins = [self._begins[index] for index, dates in self._dates.items() if value in dates]
        if not begins:
            return None
        begin = min(begins, key=lambda each: abs(each - near))
        return self._place(begin, begin + 1)

    def _place(self, begin: int, end: int) -> Place:
        first = bisect_right(self._begins, begin) - 1
        last = bisect_right(self._begins, end - 1) - 1
        return Place(begin, first, tuple(self._lines[first : last + 1]))

    @cached_property
    def _dates(self) -> dict[int, set[str]]:
        """By the index of the line."""
        found = ((index, find_periods(line.text)) for index, line in enumerate(self._lines))
        return {index: _dates_in(periods) for index, periods in found if periods}


def _dates_in(periods: Iterable[Period]) -> set[str]:
    dates: set[PartialDate] = set()
    for period in periods:
        dates.add(period.start)
        if period.end:
            dates.add(period.end)
    return set(map(str, dates))
