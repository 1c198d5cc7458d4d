"""The sections of a resume, found by their headings.

A heading is known by its words or by its look: what looks as the known headings do is one as well,
even if its words are new to us. Then what it holds tells what it is.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec
from msgspec import Struct

from hotgigs.parser.dates import breaks_period, find_periods
from hotgigs.parser.document import Document, Line
from hotgigs.parser.heading_looks import HeadingLooks, look_of
from hotgigs.parser.headings import (
    MAX_HEADING_CHARS,
    SectionKind,
    kind_of_heading,
    kind_when_set_off,
    normalised,
)
from hotgigs.parser.lead_parts import with_leads_apart
from hotgigs.parser.numbered_headings import NumberedHeadings
from hotgigs.parser.organisations import names_organisation
from hotgigs.parser.passages import joined
from hotgigs.parser.roles import names_role
from hotgigs.parser.section_contents import (
    begin_of_certificates,
    end_of_languages,
    is_of_labels,
    is_of_publications,
    is_prose,
    kind_by_content,
    names_school,
    tells_of_jobs,
)
from hotgigs.parser.separators import bullet_text

_OF_CERTIFICATES_TOO = frozenset({"papers", "my papers"})
"""Headings of publications, which some write over what they are certified in."""
_QUALIFICATION = "qualifi"
_SIDE_HEADINGS = 3
"""So many lines that begin with a heading and a tab make it the document's way of setting headings."""
_SUMMARY = frozenset(
    ("summary", "profile", "overview", "highlights", "resumen", "resumo", "perfil", "profil")
)
_MAX_ROWS_BESIDE = 2
_HOLDING = frozenset({"education", "skills"})
_HELD = frozenset({"certifications", "training"})
"""What may stand under a heading of its own, less set off, inside those."""
_RULE = re.compile(r"[\W_]{3,}")
"""Typed in place of a drawn line."""
_DIGITS_OF_ADDRESS = 5
"""With a house's or a telephone's number, at least."""
_SAME_EDGE = 3.0
"""Points."""
_GOES_ON = re.compile(r"(?:[&+/,-]|\s(?:and|und|et|y|e|en|i|och|og|of|de|del|des|di|du|da))$", re.IGNORECASE)
_MOSTLY = 0.6
"""Of what stands before a tab at the edge of the side headings: then all of it are headings."""

_MAX_BROKEN_CHARS = 300
"""A longer line is not put together with the next one, so that no line grows to be the whole document."""


_SAME_WIDTH = 0.8
"""Of columns that text flows through; a sidebar is narrower than what it stands beside."""
_MOST_LINES = 0.9
_OF_ENTRIES = frozenset({"experience", "education", "certifications", "training"})
_FLOWING = frozenset({"experience", "education", "projects", "publications"})


class Section(Struct):
    """``kind`` is ``top`` for what stands before the first heading of the page or column."""

    kind: SectionKind | Literal["top"]
    heading: str
    lines: list[Line]


def split_sections(document: Document) -> list[Section]:
    """Sections in reading order, without page headers and footers; the first is ``top``.

    A section that goes on in the same column of the next page is one section, and so is one that flows
    into a column as wide as its own.
    """
    lines = [
        line
        for line in document.lines
        if line.story not in ("header", "footer") and not _RULE.fullmatch(line.text)
    ]
    headings = _Headings(lines)
    lines = headings.lines
    sections = [Section("top", "", [])]
    current, page, column = sections[0], 0, 0
    last_in_column: dict[int, Section] = {}
    widths = _widths_of_columns(lines)
    for line in lines:
        if document.has_geometry and (line.page, line.column) != (page, column):
            if line.column in last_in_column:
                current = last_in_column[line.column]
            elif (line.page == page or not last_in_column) and not (
                current.kind in _FLOWING
                and _are_alike(widths.get((page, column), 0.0), widths[line.page, line.column])
            ):
                current = Section("top", "", [])
                sections.append(current)
            page, column = line.page, line.column
        kind, text, rest = headings.read(line, current)
        if kind is not None and (whole := _continued(current, text)):
            current.kind, current.heading = whole
        elif kind is not None:
            current = Section(kind, text, [])
            sections.append(current)
        if rest is not None:
            current.lines.append(rest)
        last_in_column[column] = current
    _tell_by_content(sections)
    for section in sections:
        if section.kind in _OF_ENTRIES:
            section.lines = with_leads_apart(section.lines)
    return _with_certificates_after_education(_with_skills_after_languages(sections))


def _continued(section: Section, text: str) -> tuple[SectionKind, str] | None:
    """The section's kind and heading with the text, where a heading at the side runs over two rows."""
    if not section.heading or len(section.lines) > _MAX_ROWS_BESIDE or kind_when_set_off(text):
        return None
    whole = _whole_heading(section.heading, text)
    kind = None if kind_of_heading(text) else kind_of_heading(whole)
    return (kind, whole) if kind else None


def _widths_of_columns(lines: Iterable[Line]) -> dict[tuple[int, int], float]:
    """In points, of each page's columns; a few lines may be wider, as a footer is."""
    edges: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for line in lines:
        edges.setdefault((line.page, line.column), []).append((line.x1, line.x0))
    return {
        column: sorted(own)[round(_MOST_LINES * (len(own) - 1))][0] - min(x0 for _, x0 in own)
        for column, own in edges.items()
    }


def _are_alike(one: float, other: float) -> bool:
    return min(one, other) > _SAME_WIDTH * max(one, other)


class _Headings:
    """Headings on lines of their own, in a column at the side, or before a colon."""

    def __init__(self, lines: list[Line]) -> None:
        beside = [(line, kind_of_heading(line.text.split("\t", 1)[0])) for line in lines if "\t" in line.text]
        self._at_side = len({kind for _, kind in beside if kind}) >= _SIDE_HEADINGS
        edges = Counter(edge for edge, _ in {(_edge(line), kind) for line, kind in beside if kind})
        self._side_edges = frozenset(edges)
        self._margins = frozenset(edge for edge, kinds in edges.items() if kinds >= _SIDE_HEADINGS)
        at_edges = [kind for line, kind in beside if line.page and _edge(line) in self._side_edges]
        self._all_at_side = sum(map(bool, at_edges)) > _MOSTLY * len(at_edges)
        self.lines = self._with_whole_lines(lines)
        self._looks = HeadingLooks(self.lines)
        self._numbered = NumberedHeadings(self.lines)
        self._begun = False
        """Has a heading been read, or the way to write to the person, which stands below the name?"""

    def _with_whole_lines(self, lines: list[Line]) -> list[Line]:
        """Headings and periods that run over two lines are put together."""
        found: list[Line] = []
        for line in lines:
            before = found[-1] if found else None
            if before is not None and _one_period(before, line):
                found[-1] = _with_text(before, f"{before.text} {line.text}")
            elif before is not None and _one_heading(before, line):
                whole = _whole_heading(before.text, line.text)
                found[-1] = msgspec.structs.replace(before, text=whole, y1=line.y1)
            elif before is not None and self._at_side and (rows := _one_side_heading(before, line)):
                found[-1:] = rows
            else:
                found.append(line)
        return found

    def read(self, line: Line, current: Section) -> tuple[SectionKind | None, str, Line | None]:
        """The kind and text of a heading, if the line is one, and the line that is left besides."""
        self._begun = self._begun or "@" in line.text
        kind = self._looks.kind(line, begun=self._begun) or self._numbered.kind(line)
        if kind is None and current.kind in _HOLDING and self._looks.is_set_off(line):
            below = kind_of_heading(line.text)
            kind = below if below in _HELD and current.lines else None
        if kind == "other" and current.kind == "experience" and _names_part_of_job(line.text):
            return None, "", line
        if kind is not None:
            self._begun = True
            return kind, line.text, None
        before, mark, after = line.text.partition("\t")
        if mark and self._at_side and (side := self._side_kind(line, before)):
            return side, before, _behind(line, after.strip()) if after.strip() else None
        before, mark, after = line.text.partition(":")
        if mark and after.strip() and current.kind not in ("experience", "projects", "skills", "personal"):
            run_in = kind_of_heading(before)
            if run_in != current.kind and run_in in ("skills", "languages", "interests", "certifications"):
                return run_in, before, _behind(line, after.strip())
        return None, "", line

    def _side_kind(self, line: Line, text: str) -> SectionKind | None:
        if kind := kind_of_heading(text):
            return kind
        if _edge(line) not in self._side_edges:
            return None
        kind = (
            kind_when_set_off(text) if " " in text or (line.page and _edge(line) in self._margins) else None
        )
        if kind or not self._all_at_side or not 2 < len(text) <= MAX_HEADING_CHARS:
            return kind
        if find_periods(text) or bullet_text(text) is not None:
            return None
        return "other" if sum(map(str.isdigit, text)) < _DIGITS_OF_ADDRESS else None


def _names_part_of_job(text: str) -> bool:
    """A bold title or company may look as headings do."""
    return kind_of_heading(text) is None and (names_role(text) or names_organisation(text))


def _tell_by_content(sections: list[Section]) -> None:
    """Of what kind sections are whose heading does not say so, or says what they do not hold."""
    kinds = {section.kind for section in sections if section.lines}
    if "training" in kinds:
        kinds.add("certifications")
    has_summary = "summary" in kinds
    has_jobs = "experience" in kinds
    above: Section | None = None
    several_studies = "certifications" not in kinds and _are_several(sections, "education")
    several_skills = _are_several(sections, "skills")
    for section in sections:
        if section.kind == "other" and kind_of_heading(section.heading) is None:
            told = kind_by_content(section.lines)
            # Each has one section; what follows it at once may be its own, behind a bold line.
            if told == "languages" or told not in kinds or (above and above.kind == told):
                section.kind = told or section.kind
            if section.kind == "other" and not has_summary and is_prose(section.lines):
                section.kind, has_summary = "summary", True
        elif normalised(section.heading) in _OF_CERTIFICATES_TOO and not is_of_publications(section.lines):
            section.kind = "certifications"
        elif section.kind == "skills" and not has_summary and _sums_up(section, several=several_skills):
            section.kind, has_summary = "summary", True
        elif section.kind in ("summary", "personal") and not has_jobs and tells_of_jobs(section.lines):
            section.kind, has_jobs = "experience", True
        elif section.kind == "summary" and is_of_labels(section.lines):
            section.kind = "personal"
        elif section.kind == "interests" and not has_summary and is_prose(section.lines):
            section.kind, has_summary = "summary", True
        elif section.kind == "education" and several_studies and _is_of_qualifications(section):
            section.kind = "certifications"
        above = section


def _are_several(sections: Sequence[Section], kind: SectionKind) -> bool:
    return sum(section.kind == kind and bool(section.lines) for section in sections) > 1


def _is_of_qualifications(section: Section) -> bool:
    """Of others than schools give."""
    return _QUALIFICATION in normalised(section.heading) and not names_school(section.lines)


def _sums_up(section: Section, *, several: bool) -> bool:
    """As under Qualifications Summary, or beside another section of skills, where no list stands."""
    named = several or not _SUMMARY.isdisjoint(normalised(section.heading).split())
    return named and is_prose(section.lines)


def _with_skills_after_languages(sections: list[Section]) -> list[Section]:
    """Under a heading of skills that has languages first, other skills are labelled and follow them."""
    found: list[Section] = []
    for section in sections:
        before = found[-1] if found else None
        found.append(section)
        follows = before is not None and before.kind == "skills" and not before.lines
        if before is not None and follows and section.kind == "languages":
            end = end_of_languages(section.lines)
            if end < len(section.lines):
                found.append(Section("skills", before.heading, section.lines[end:]))
                section.lines = section.lines[:end]
    return found


def _with_certificates_after_education(sections: list[Section]) -> list[Section]:
    """Where nothing else holds certificates, some list them below their degrees."""
    if any(section.kind in ("certifications", "training") and section.lines for section in sections):
        return sections
    found: list[Section] = []
    for section in sections:
        found.append(section)
        begin = begin_of_certificates(section.lines) if section.kind == "education" else len(section.lines)
        if 0 < begin < len(section.lines):
            found.append(Section("certifications", section.heading, section.lines[begin:]))
            section.lines = section.lines[:begin]
    return found


def _edge(line: Line) -> int:
    return round(line.x0 / _SAME_EDGE)


def _one_period(first: Line, second: Line) -> bool:
    if (first.page, first.column, first.font_size) != (second.page, second.column, second.font_size):
        return False
    if len(first.text) > _MAX_BROKEN_CHARS:
        return False
    return not second.is_list_item and breaks_period(first.text, second.text)


def _one_heading(first: Line, second: Line) -> bool:
    """Do both make one heading, which neither of them is alone or that goes on after an "and"?"""
    if look_of(first) != look_of(second) or (first.page, first.column) != (second.page, second.column):
        return False
    if len(first.text) > MAX_HEADING_CHARS or len(second.text) > MAX_HEADING_CHARS:
        return False
    if first.page and second.y0 - first.y1 > max(first.font_size, _SAME_EDGE):
        return False
    whole = _whole_heading(first.text, second.text)
    if _GOES_ON.search(first.text) and kind_when_set_off(first.text):
        return kind_when_set_off(whole) is not None or kind_of_heading(whole) is not None
    if kind_of_heading(first.text) and (kind_when_set_off(second.text) or kind_of_heading(second.text)):
        return False
    return kind_of_heading(whole) is not None


def _whole_heading(upper: str, lower: str) -> str:
    """A word that is broken at a hyphen becomes whole again."""
    if upper.endswith("-") and kind_of_heading(upper[:-1] + lower):
        return upper[:-1] + lower
    return joined(upper, lower)


def _one_side_heading(first: Line, second: Line) -> list[Line] | None:
    """Two lines whose left parts are one heading: the first with all of it, the second without."""
    if first.page != second.page or len(second.text) > 2 * MAX_HEADING_CHARS:
        return None
    upper, mark, after = first.text.partition("\t")
    lower, _, rest = second.text.partition("\t")
    if not mark or not upper[:1].isalpha() or kind_of_heading(upper):
        return None
    if not kind_of_heading(f"{upper} {lower}"):
        return None
    whole = [_with_text(first, f"{upper} {lower}\t{after}")]
    return [*whole, _with_text(second, rest.strip())] if rest.strip() else whole


def _behind(line: Line, text: str) -> Line:
    """What stands behind a heading on its line; the heading alone may be set in bold."""
    if not line.lead:
        return _with_text(line, text)
    return msgspec.structs.replace(line, text=text, lead="", weight=400, italic=False)


def _with_text(line: Line, text: str) -> Line:
    return msgspec.structs.replace(line, text=text)
