"""The sections of a resume, found by their headings.

A heading is known by its words or by its look: what looks as the known headings do is one as well,
even if its words are new to us.
"""

from collections import Counter
from typing import Literal

from msgspec import Struct

from hotgigs.parser.dates import breaks_period, find_periods
from hotgigs.parser.document import Document, Line
from hotgigs.parser.headings import MAX_HEADING_CHARS, SectionKind, kind_by_words, kind_of_heading
from hotgigs.parser.separators import bullet_text

_Look = tuple[float, int, bool, bool, str]
_SIDE_HEADINGS = 3
"""So many lines that begin with a heading and a tab make it the document's way of setting headings."""

_MAX_BROKEN_CHARS = 300
"""A longer line is not put together with the next one, so that no line grows to be the whole document."""


class Section(Struct):
    """``kind`` is ``top`` for what stands before the first heading of the page or column."""

    kind: SectionKind | Literal["top"]
    heading: str
    lines: list[Line]


def split_sections(document: Document) -> list[Section]:
    """Sections in reading order, without page headers and footers; the first is ``top``.

    A section that goes on in the same column of the next page is one section.
    """
    lines = _with_whole_lines([line for line in document.lines if line.story not in ("header", "footer")])
    headings = _Headings(lines)
    sections = [Section("top", "", [])]
    current, page, column = sections[0], 0, 0
    last_in_column: dict[int, Section] = {}
    for line in lines:
        if document.has_geometry and (line.page, line.column) != (page, column):
            if line.column in last_in_column:
                current = last_in_column[line.column]
            elif line.page == page or not last_in_column:
                current = Section("top", "", [])
                sections.append(current)
            page, column = line.page, line.column
        kind, text, rest = headings.read(line, current)
        if kind is not None:
            current = Section(kind, text, [])
            sections.append(current)
        if rest is not None:
            current.lines.append(rest)
        last_in_column[column] = current
    return sections


class _Headings:
    """The looks of this document's headings, learned from those whose words are known."""

    def __init__(self, lines: list[Line]) -> None:
        chars: Counter[_Look] = Counter()
        for line in lines:
            chars[_look(line)] += len(line.text)
        self._body = chars.most_common(1)[0][0] if chars else None
        known = Counter(
            _look(line) for line in lines if kind_of_heading(line.text) and _look(line) != self._body
        )
        enough = 2 if known and known.most_common(1)[0][1] > 1 else 1
        self._looks = frozenset(look for look, count in known.items() if count >= enough)
        self._new_allowed = frozenset(look for look in self._looks if _few_are_new(lines, look, known[look]))
        beside = {kind_of_heading(line.text.split("\t", 1)[0]) for line in lines if "\t" in line.text}
        self._at_side = len(beside - {None}) >= _SIDE_HEADINGS
        self._begun = False

    def read(self, line: Line, current: Section) -> tuple[SectionKind | None, str, Line | None]:
        """The kind and text of a heading, if the line is one, and the line that is left besides."""
        kind = self._kind(line)
        if kind is not None:
            self._begun = True
            return kind, line.text, None
        before, mark, after = line.text.partition("\t")
        if mark and self._at_side and (side := kind_of_heading(before)):
            return side, before, _with_text(line, after.strip()) if after.strip() else None
        before, mark, after = line.text.partition(":")
        if mark and after.strip() and current.kind not in ("experience", "projects", "skills", "personal"):
            run_in = kind_of_heading(before)
            if run_in in ("skills", "languages", "interests", "certifications"):
                return run_in, before, _with_text(line, after.strip())
        return None, "", line

    def _kind(self, line: Line) -> SectionKind | None:
        text = line.text
        if len(text) > MAX_HEADING_CHARS:
            return None
        look = _look(line)
        exact = kind_of_heading(text)
        if exact is not None and not (line.is_list_item and look == self._body):
            return exact if self._fits(look) else None
        if not self._begun or look not in self._looks or not _could_be_heading(line):
            return None
        return kind_by_words(text) or ("other" if look in self._new_allowed else None)

    def _fits(self, look: _Look) -> bool:
        """Any look will do where headings have none of their own; else theirs, or one that stands out."""
        if not self._looks or look in self._looks:
            return True
        size, weight, caps, _, _ = look
        body = self._body
        return (
            body is not None and size >= max(size for size, *_ in self._looks) and (weight > body[1] or caps)
        )


def _with_whole_lines(lines: list[Line]) -> list[Line]:
    """Headings and periods that run over two lines are put together."""
    found: list[Line] = []
    for line in lines:
        before = found[-1] if found else None
        if before is not None and (_one_heading(before, line) or _one_period(before, line)):
            found[-1] = _with_text(before, f"{before.text} {line.text}")
        else:
            found.append(line)
    return found


def _one_period(first: Line, second: Line) -> bool:
    if (first.page, first.column, first.font_size) != (second.page, second.column, second.font_size):
        return False
    if len(first.text) > _MAX_BROKEN_CHARS:
        return False
    return not second.is_list_item and breaks_period(first.text, second.text)


def _one_heading(first: Line, second: Line) -> bool:
    if _look(first) != _look(second) or (first.page, first.column) != (second.page, second.column):
        return False
    if kind_of_heading(first.text) is not None or len(first.text) > MAX_HEADING_CHARS:
        return False
    return kind_of_heading(f"{first.text} {second.text}") is not None


def _look(line: Line) -> _Look:
    letters = line.text.upper() == line.text and line.text.lower() != line.text
    return (round(2 * line.font_size) / 2, line.weight, letters, line.italic, line.style)


def _could_be_heading(line: Line) -> bool:
    text = line.text
    if (
        line.is_list_item
        or "\t" in text
        or "@" in text
        or text[-1] in ".,;"
        or bullet_text(text) in ("", text)
    ):
        return False
    return any(char.isalpha() for char in text) and not find_periods(text)


def _few_are_new(lines: list[Line], look: _Look, known: int) -> bool:
    """A look that most lines have which are no known heading is that of job titles, say."""
    new = sum(
        _look(line) == look and kind_of_heading(line.text) is None and kind_by_words(line.text) is None
        for line in lines
        if len(line.text) <= MAX_HEADING_CHARS
    )
    return new <= max(2, known)


def _with_text(line: Line, text: str) -> Line:
    return Line(
        text=text, page=line.page, x0=line.x0, y0=line.y0, x1=line.x1, y1=line.y1, font_size=line.font_size,
        weight=line.weight, italic=line.italic, column=line.column, story=line.story, style=line.style,
        is_list_item=line.is_list_item,
    )  # fmt: skip
