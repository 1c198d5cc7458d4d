"""A document's text in which values are looked up word for word.

Looking up folds case, accents, ligatures, white space, punctuation and broken words, since none of them
makes another word. What is found is given as it is printed: a caller that takes only what is given here
takes nothing that the document does not say, not even "1.5" for "15".
"""

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property, reduce
from itertools import accumulate, groupby, takewhile

import msgspec
from msgspec import Struct

from hotgigs.parser.dates import Period, find_periods
from hotgigs.parser.document import Document
from hotgigs.parser.passages import joined
from hotgigs.parser.sections import split_sections

MARGIN = "margin"
_SECTION_END = "\0"
_EXACT_CASE_CHARS = 3
"""Values of so few letters are words as well, such as "it" and "go": their case must be the printed one."""
_MAX_FOUND = 1_000


class PrintedLine(Struct, frozen=True):
    text: str
    kind: str
    """Of its section (`hotgigs.parser.sections.Section.kind`), or `MARGIN`."""
    section: int


class Found(Struct, frozen=True, order=True):
    """Where a value is printed: offsets in the text, and the first and last line."""

    begin: int
    end: int
    line: int
    last_line: int


class PrintedText:
    """Section by section, without headings; page headers and footers are sections of their own."""

    def __init__(self, document: Document) -> None:
        self.lines = tuple(_lines(document))
        self._line_begins = [0, *accumulate(len(line.text) + 1 for line in self.lines)][:-1]
        self._text = "\n".join(line.text for line in self.lines)
        self._folded, self._cased, self._offsets = self._fold_lines()

    def _fold_lines(self) -> tuple[str, str, list[int]]:
        folded: list[str] = []
        cased: list[str] = []
        offsets: list[int] = []
        section = 0
        for begin, line in zip(self._line_begins, self.lines, strict=True):
            if line.section != section:
                folded.append(_SECTION_END)
                cased.append(_SECTION_END)
                offsets.append(begin - 1)
                section = line.section
            for letter, as_printed, offset in _fold(line.text):
                folded.append(letter)
                cased.append(as_printed)
                offsets.append(begin + offset)
        return "".join(folded), "".join(cased), offsets

    def find(self, value: str, *, kinds: Iterable[str] | None = None, max_lines: int = 2) -> list[Found]:
        """Every place, in printed order, where the value's words stand one after another, whole, on at most
        ``max_lines`` lines of one section of the ``kinds``."""
        wanted = [(letter, as_printed) for letter, as_printed, _ in _fold(value)]
        folded = "".join(letter for letter, _ in wanted)
        cased = "".join(as_printed for _, as_printed in wanted)
        found = [self._found(at, len(folded), value) for at in self._places(folded, cased)] if folded else []
        return [
            one
            for one in found
            if one is not None
            and one.last_line - one.line < max_lines
            and (kinds is None or self.lines[one.line].kind in kinds)
        ]

    def _places(self, folded: str, cased: str) -> Iterator[int]:
        at = -1
        for _ in range(_MAX_FOUND):
            at = self._folded.find(folded, at + 1)
            if at < 0:
                return
            if len(folded) > _EXACT_CASE_CHARS or self._cased.startswith(cased, at):
                yield at

    def _found(self, at: int, length: int, value: str) -> Found | None:
        """None where a word is not whole."""
        begin, last = self._offsets[at], self._offsets[at + length - 1]
        end = last + 1
        while end < len(self._text) and _is_silent(self._text[end]):
            end += 1
        cuts_first = at > 0 and (self._offsets[at - 1] == begin or self._is_within_word(begin))
        next_is_same = at + length < len(self._offsets) and self._offsets[at + length] == last
        if cuts_first or next_is_same or self._is_within_word(end):
            return None
        begin, end = self._with_edges(value, begin, end)
        return Found(begin, end, self._line_at(begin), self._line_at(end - 1))

    def _is_within_word(self, at: int) -> bool:
        before = at - 1
        while before >= 0 and _is_silent(self._text[before]):
            before -= 1
        return (
            before >= 0 and at < len(self._text) and _is_word(self._text[before]) and _is_word(self._text[at])
        )

    def _with_edges(self, value: str, begin: int, end: int) -> tuple[int, int]:
        """The value's own marks belong to it where they are printed, as the dots of ".NET" and "Inc."."""
        for char in reversed([*takewhile(_is_mark, value)]):
            if self._text[begin - 1 : begin] != char:
                break
            begin -= 1
        for char in reversed([*takewhile(_is_mark, reversed(value))]):
            if self._text[end : end + 1] != char:
                break
            end += 1
        return begin, end

    def _line_at(self, offset: int) -> int:
        return bisect_right(self._line_begins, offset) - 1

    def whole_line(self, number: int) -> Found:
        begin = self._line_begins[number]
        return Found(begin, begin + len(self.lines[number].text), number, number)

    def letters(self, found: Found) -> frozenset[int]:
        """The offsets of its letters and figures."""
        return frozenset(
            self._offsets[bisect_left(self._offsets, found.begin) : bisect_left(self._offsets, found.end)]
        )

    def printed(self, found: Found) -> str:
        """As it is printed, on one line."""
        text = self._text[found.begin : found.end]
        return " ".join(reduce(joined, (line.strip() for line in text.split("\n"))).split())

    def nearest(self, found: Iterable[Found], value: str, line: int) -> Found | None:
        """The place with the fewest lines to ``line``, if there are any of those that print ``value`` mark by
        mark."""
        return min(
            found,
            key=lambda one: (self.printed(one) != value, abs(one.line - line), one.begin),
            default=None,
        )

    @cached_property
    def periods(self) -> tuple[tuple[int, Period], ...]:
        """Every date and range of dates with the number of its line."""
        return tuple(
            (number, period) for number, line in enumerate(self.lines) for period in find_periods(line.text)
        )

    @cached_property
    def sections(self) -> tuple[tuple[str, str], ...]:
        """The kind and the lines of each."""
        grouped = groupby(self.lines, key=lambda line: (line.section, line.kind))
        return tuple((kind, "\n".join(line.text for line in lines)) for (_, kind), lines in grouped)

    def same_section(self, number: int, other: int) -> bool:
        return self.lines[number].section == self.lines[other].section


def _lines(document: Document) -> Iterator[PrintedLine]:
    lines = tuple(line for line in document.lines if line.text.strip())
    number = 0
    for line in lines:
        if line.story in ("header", "footer"):
            yield PrintedLine(line.text, MARGIN, number)
            number += 1
    for section in split_sections(msgspec.structs.replace(document, lines=lines)):
        yield from (PrintedLine(line.text, section.kind, number) for line in section.lines)
        number += 1


def _fold(text: str) -> Iterator[tuple[str, str, int]]:
    """Letters and figures of the text: folded, as printed, and where."""
    for offset, char in enumerate(text):
        for part in unicodedata.normalize("NFKD", char):
            if _is_word(part) and not _is_silent(part):
                for letter in part.casefold():
                    yield letter, part, offset


def _is_word(char: str) -> bool:
    return char.isalnum() or char in "+#" or _is_silent(char)


def _is_silent(char: str) -> bool:
    """Accents of their own, soft hyphens, joiners: parts of a word that fold to nothing."""
    return unicodedata.category(char) in ("Mn", "Mc", "Me", "Cf")


def _is_mark(char: str) -> bool:
    return not _is_word(char) and not char.isspace()
