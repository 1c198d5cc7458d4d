"""One line of an education section, taken apart into what it says of a degree."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from hotgigs.parser.dates import Period, find_periods
from hotgigs.parser.education_words import (
    Kind,
    degree_and_school,
    is_bare_degree,
    is_town_as_well,
    kind_of,
    without_link,
)
from hotgigs.parser.grades import bare_grade, find_grade
from hotgigs.parser.places import could_be_place, country_of, shaped_like_place, split_place
from hotgigs.parser.separators import bullet_text, comma_parts, dash_parts, parts, trimmed
from hotgigs.parser.vocabulary import any_of, load

PartKind = Literal["degree", "institution", "unit", "place", "field", "date", "grade", "detail", "unknown"]

_WORDS = load("education")
_LABELS: dict[str, str] = {name: kind for kind, names in _WORDS["labels"].items() for name in names}
_MAX_LABEL_CHARS = 40
_COMPLETION_IN = [words for words in _WORDS["completion"] if words.endswith((" en", " em", " in", " nel"))]
"""Behind these stands the date, or else the subject."""
_COMPLETION_WORDS = set(_WORDS["completion"]) - set(_COMPLETION_IN)
_COMPLETION = re.compile(
    rf"[(\[]?\s?(?<!\w)(?:{any_of(_COMPLETION_WORDS)}(?!\w|\s(?:{any_of(_WORDS['institutions'])}|diploma|degree|certificate|program|programme|studies)\b)"
    rf"|{any_of(_COMPLETION_IN)}(?=\s?[(\t\d]|\s[^\W\d_]{{3,10}}\.?\s(?:de\s)?[\t\d]|$)):?\s{{0,2}}[)\]]?",
    re.IGNORECASE,
)
_COMPLETED_AT = re.compile(
    rf"(?<!\w){any_of(_WORDS['completion'])}\s?:?\s{{0,2}}(?:in\s|em\s|en\s|for\s|para\s)?\(?$", re.IGNORECASE
)
_HONOURS = re.compile(
    rf"[\s,;(]{{1,4}}(?<!\w)(?:mit\s|avec\s|con\s|com\s|with\s)?{any_of(_WORDS['honours'])}(?!\w)(?!\s(?:in|en|em)\b)[^,;|\t()–]{{0,24}}\)?",
    re.IGNORECASE,
)
_OPEN_BRACKET = re.compile(r"[(\[]\s?$")
_CLOSE_BRACKET = re.compile(r"\s?[)\]]")
_CAMPUSES = re.compile(rf"(?:the\s)?{any_of(_WORDS['several_campuses'])}$", re.IGNORECASE)
_ABBREVIATION = re.compile(r"[A-ZÀ-Þ][A-Za-zÀ-ÿ]{0,2}[A-ZÀ-Þ-]{1,6}[A-ZÀ-Þ]?")
_MAX_CHARS = 300


class Part(Struct, frozen=True):
    """``value`` is as printed. Of a degree, ``more`` are the pieces after it that may be its subject, or
    else its school; of an institution, the pieces of its place."""

    kind: PartKind
    value: str
    more: tuple[str, ...] = ()
    period: Period | None = None
    completed: bool = False
    """Of a date: the text says that the degree ends there."""


def label_of(text: str) -> str | None:
    """The kind of value that such a label, or head of a column, announces."""
    return _LABELS.get(text.casefold().strip(" .:*")) if len(text) <= _MAX_LABEL_CHARS else None


@lru_cache(maxsize=1024)
def read_parts(text: str) -> tuple[Part, ...]:
    """In printed order; of a line that tells of courses or a thesis only what is surely a grade."""
    text = (bullet_text(text) or text)[:_MAX_CHARS]
    if not any(map(str.isalnum, text)):
        return ()
    for mark in (":", "\t"):
        before, found, rest = text.partition(mark)
        label = label_of(before.strip()) if found and rest.strip() else None
        if label:
            return tuple(labelled_parts(label, rest.strip()))
    return tuple(_parts(text))


def labelled_parts(label: str, text: str) -> list[Part]:
    """What a value says that stands behind a label or in a column with a head."""
    if label == "grade":
        grade = find_grade(text)
        value = grade.value if grade else bare_grade(text)
        return [Part("grade", value)] if value else []
    if label == "place":
        return [Part("place", trimmed(text))]
    if label == "field":
        return [Part("field", trimmed(text))]
    found = list(_parts(text))
    if label in ("degree", "institution"):
        return found if any(part.kind == label for part in found) else _labelled_name(label, text, found)
    return [part for part in found if part.kind == label]


def _labelled_name(label: str, text: str, found: Sequence[Part]) -> list[Part]:
    """A degree or school that only its label tells to be one."""
    others = [part for part in found if part.kind in ("date", "grade")]
    name = trimmed(_blank(text, _spans(text)).replace("\t", " "))
    if not name:
        return others
    if label == "degree":
        return [Part("degree", name), *others]
    name, place = split_place(name)
    return [Part("institution", name, (place,) if place else ()), *others]


def _spans(text: str) -> list[tuple[int, int, Part]]:
    """Grades and dates, and where they stand."""
    found: list[tuple[int, int, Part]] = []
    grade = find_grade(text)
    if grade:
        found.append((grade.begin, grade.finish, Part("grade", grade.value)))
        text = _blank(text, found)
    for period in find_periods(text):
        begin, finish = period.begin, period.finish
        completed = bool(_COMPLETED_AT.search(text, 0, begin))
        if (opened := _OPEN_BRACKET.search(text, 0, begin)) and (
            closed := _CLOSE_BRACKET.match(text, finish)
        ):
            begin, finish = opened.start(), closed.end()
        found.append((begin, finish, Part("date", text[period.begin : period.finish], (), period, completed)))
    return sorted(found, key=lambda span: span[0])


def _blank(text: str, spans: Sequence[tuple[int, int, Part]]) -> str:
    """The text with tabs for what stands in the spans, as long as before."""
    for begin, finish, _ in spans:
        text = text[:begin] + "\t" * (finish - begin) + text[finish:]
    return text


def _parts(text: str) -> Iterator[Part]:
    if kind_of(trimmed(text) or "-") == "detail" and not find_periods(text):
        grade = find_grade(text)
        if grade:
            yield Part("grade", grade.value)
        yield Part("detail", text)
        return
    last = 0
    for begin, finish, part in _spans(text):
        yield from _named(text[last:begin])
        yield part
        last = finish
    yield from _named(text[last:])


def _named(text: str) -> Iterator[Part]:
    text = _HONOURS.sub("\t", _COMPLETION.sub("\t", text))
    for strong in parts(text):
        for group in comma_parts(strong, ";"):
            pieces = [
                half
                for dashed in dash_parts(group)
                for piece in comma_parts(dashed)
                for half in degree_and_school(piece) or (piece,)
            ]
            yield from _joined([without_link(trimmed(piece)) for piece in pieces if trimmed(piece)], group)


def _joined(pieces: Sequence[str], group: str) -> Iterator[Part]:
    """Pieces that commas and dashes part, those together again that say one thing."""
    kinds = _kinds_of(pieces)
    index = 0
    while index < len(pieces):
        kind, first = kinds[index], index
        index += 1
        if kind == "detail":
            yield Part("detail", pieces[first])
            return
        if kind == "degree":
            while index < len(pieces) and _continues_degree(kinds, index):
                index += 1
            yield Part("degree", pieces[first], tuple(pieces[first + 1 : index]))
        elif kind in ("institution", "unit"):
            part, index = _school(pieces, kinds, first, group)
            yield part
        elif kind in ("field", "unknown") and (first or kind == "field"):
            yield Part("field" if kind == "field" else "unknown", pieces[first])
        elif kind != "honours":
            while index < len(pieces) and kinds[index] in ("place", "maybe_place"):
                index += 1
            value = _printed(group, pieces[first], pieces[index - 1]) if index > first + 1 else pieces[first]
            sure = kind == "place" or (kind != "unknown" and (index > first + 1 or country_of(value)))
            yield Part("place" if sure else "unknown", value)


def _kinds_of(pieces: Sequence[str]) -> list[Kind]:
    kinds = [kind_of(piece) for piece in pieces]
    for index in range(1, len(pieces)):
        # Massachusetts and Maine are no degrees.
        if kinds[index] == "degree" and country_of(pieces[index]) and could_be_place(pieces[index - 1]):
            kinds[index] = "place"
        if (
            kinds[index] == "place"
            and kinds[index - 1] == "institution"
            and is_town_as_well(pieces[index - 1])
        ):
            kinds[index - 1] = "maybe_place"
    return kinds


def _continues_degree(kinds: Sequence[Kind], index: int) -> bool:
    if kinds[index] == "maybe_place" and kinds[index + 1 : index + 2] == ["place"]:
        return False
    return kinds[index] in ("field", "unknown", "maybe_place")


def _school(pieces: Sequence[str], kinds: Sequence[Kind], first: int, group: str) -> tuple[Part, int]:
    """A school with its place, and the index of the first piece behind them."""
    name, index = pieces[first], first + 1
    if index < len(pieces) and _belongs_to_name(pieces, kinds, index):
        name = _printed(group, name, pieces[index])
        index += 1
    places = index
    while index < len(pieces) and kinds[index] in ("place", "maybe_place") and index < places + 4:
        index += 1
    more = tuple(pieces[places:index])
    bracketed = None
    if name == pieces[first] and (not more or name.endswith(")")):
        name, bracketed = split_place(name)
    kind: PartKind = "unit" if kinds[first] == "unit" else "institution"
    return Part(kind, name, (bracketed,) if bracketed else more), index


def _belongs_to_name(pieces: Sequence[str], kinds: Sequence[Kind], index: int) -> bool:
    """Is a piece behind a school's name its abbreviation, or the campus of a school that has several?"""
    piece = pieces[index]
    if (
        country_of(piece) is None
        and _ABBREVIATION.fullmatch(piece)
        and kinds[index] in ("unknown", "maybe_place", "institution")
    ):
        return True
    if not _CAMPUSES.match(pieces[index - 1]) or kinds[index] not in ("maybe_place", "place"):
        return False
    after = kinds[index + 1 : index + 2]
    return after not in (["place"],) or index + 2 < len(pieces)


def _printed(group: str, first: str, last: str) -> str:
    """From the first piece to the last, with the marks between them as printed."""
    begin = group.find(first)
    finish = group.find(last, begin + len(first))
    return f"{first}, {last}" if min(begin, finish) < 0 else group[begin : finish + len(last)]


def subject_and_school(degree: Part) -> tuple[str, str | None, tuple[str, ...]]:
    """A degree with its subject, and the school and its place that stand among the pieces after it.

    For an entry that names its school nowhere else.
    """
    if not degree.more:
        return degree.value, None, ()
    kinds = [kind_of(piece) for piece in degree.more]
    with_subject = 0
    if is_bare_degree(degree.value) and (
        kinds[0] == "field" or len(degree.more) > 2 or len(degree.more[0].split()) > 2
    ):
        with_subject = 1
    while with_subject < len(kinds) and kinds[with_subject] == "field":
        with_subject += 1
    value = ", ".join((degree.value, *degree.more[:with_subject]))
    rest = degree.more[with_subject:]
    return value, rest[0] if rest else None, rest[1:]


def whole_degree(degree: Part) -> str:
    return ", ".join((degree.value, *degree.more))


def could_be_place_part(part: Part) -> bool:
    return part.kind == "place" or (part.kind == "unknown" and shaped_like_place(part.value))
