"""Degrees: what was studied where, until when, and how well."""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from hotgigs.contracts.resume_data import Education
from hotgigs.parser.dates import cut, find_periods
from hotgigs.parser.document import Line
from hotgigs.parser.organisations import names_organisation
from hotgigs.parser.places import is_place, shaped_like_place, split_place
from hotgigs.parser.sections import Section
from hotgigs.parser.separators import bullet_text, comma_parts, dash_parts, parts, trimmed
from hotgigs.parser.vocabulary import any_of, load

MAX_DEGREES = 30

_WORDS = load("education")
_TABLE_HEADS = frozenset(_WORDS["table_heads"])
_ABBREVIATIONS = [word for word in _WORDS["degrees"] if len(word) <= 3 and word.isalpha()]
_DEGREE = re.compile(
    rf"(?<![\w.])(?:{any_of(set(_WORDS['degrees']) - set(_ABBREVIATIONS))}"
    rf"|(?-i:(?=[A-Za-z]?[A-Z][A-Za-z]?[A-Z]|[A-Z]{{2}})){any_of(_ABBREVIATIONS)})(?!\w)",
    re.IGNORECASE,
)
"""Short abbreviations only with two capitals: "ma" and "be" are words as well."""
_INSTITUTION = re.compile(
    rf"(?<!\w){any_of(_WORDS['institutions'])}(?!\w)|\w{{3,30}}{any_of(_WORDS['endings'])}(?!\w)",
    re.IGNORECASE,
)
_NUMBER = r"(?P<{}>\d{{1,3}}(?:[.,]\d{{1,3}})?)\s?%?"
_GRADE = re.compile(
    rf"[(\[]?\s?(?:{any_of(_WORDS['grades'])})\s{{0,2}}(?:[:=]|of\s)?\s{{0,2}}{_NUMBER.format('labelled')}(?!\d)"
    r"(?:\s?(?:/|out of|von|sur|de)\s?\d{1,3}(?:[.,]\d{1,2})?)?\s?[)\]]?"
    rf"|(?<![\w/.]){_NUMBER.format('scaled')}\s?/\s?(?:4|5|7|10|20|100)(?:[.,]0{{1,2}})?(?![\d/])",
    re.IGNORECASE,
)
_COMPLETION = re.compile(rf"\(?(?<!\w){any_of(_WORDS['completion'])}(?!\w):?\s*\)?", re.IGNORECASE)
_HONOURS = re.compile(
    rf"[\s,;(]{{0,4}}(?<!\w){any_of(_WORDS['honours'])}(?!\w)[^,;|\t()]{{0,30}}\)?", re.IGNORECASE
)
_MAX_CHARS = 120


class _Mention(Struct, frozen=True):
    """One part of a line and what it is: degree, institution, place, date or grade."""

    kind: str
    value: str
    location: str | None = None


def read_education(sections: Iterable[Section]) -> tuple[Education, ...]:
    """In printed order; a degree without its institution, or the other way round, is kept."""
    found = [entry for section in sections for entry in _entries(section.lines)]
    return tuple(entry for entry in found if entry.degree or entry.institution)[:MAX_DEGREES]


def _entries(lines: Sequence[Line]) -> Iterator[Education]:
    current: dict[str, _Mention] = {}
    for line in _heading_lines(lines):
        for mention in _mentions(line, known=current):
            if _begins_another(mention, current):
                yield _education(current)
                current = {}
            current.setdefault(mention.kind, mention)
    if current:
        yield _education(current)


def _begins_another(mention: _Mention, current: dict[str, _Mention]) -> bool:
    if mention.kind not in current:
        return False
    if mention.kind in ("degree", "institution"):
        return True
    return mention.kind == "date" and ("degree" in current or "institution" in current)


def _heading_lines(lines: Sequence[Line]) -> list[Line]:
    """Lines that name degrees; items of a list below them tell of courses and theses."""
    items = [line.is_list_item or bullet_text(line.text) is not None for line in lines]
    named = [bool(_DEGREE.search(line.text)) or bool(_INSTITUTION.search(line.text)) for line in lines]
    plain_names = any(name and not item for name, item in zip(named, items, strict=True))
    return [
        line
        for line, item in zip(lines, items, strict=True)
        if not (item and plain_names) and not _heads_table(line.text)
    ]


def _heads_table(text: str) -> bool:
    cells = [cell.casefold().strip(" .:") for cell in text.split("\t")]
    return len(cells) > 1 and all(cell in _TABLE_HEADS for cell in cells)


def _mentions(line: Line, known: dict[str, _Mention]) -> Iterator[_Mention]:
    text = bullet_text(line.text) or line.text
    grade = _GRADE.search(text)
    if grade:
        text = text[: grade.start()] + "\t" + text[grade.end() :]
    text = _HONOURS.sub("", text)
    periods = find_periods(text)
    dates = [_Mention("date", str(period.end or period.start)) for period in periods[:1]]
    leading = bool(periods) and periods[0].begin == 0
    text = _COMPLETION.sub(" ", cut(text, periods))
    if leading:
        yield from dates
    if len(text) <= _MAX_CHARS:
        yield from _named(text, known)
    if not leading:
        yield from dates
    if grade:
        yield _Mention("grade", grade["labelled"] or grade["scaled"])


def _named(text: str, known: dict[str, _Mention]) -> Iterator[_Mention]:
    seen: set[str] = set()
    found = parts(text)
    if len(found) > 1 and _kind(found[0]) is None and not is_place(found[0]) and shaped_like_place(found[1]):
        seen.add("institution")
        yield _Mention("institution", found.pop(0), found.pop(0))
    for part in found:
        for piece in _degree_and_institution(part):
            mention = _classified(piece, seen or known.keys())
            if mention:
                seen.add(mention.kind)
                yield mention


def _degree_and_institution(part: str) -> list[str]:
    """One part, or two where it names a degree and then an institution, or the other way round."""
    if not (_DEGREE.search(part) and _INSTITUTION.search(part)):
        return [part]
    for split in (dash_parts, comma_parts):
        pieces = split(part)
        kinds = [_strict_kind(piece) for piece in pieces]
        for index in range(1, len(pieces)):
            before, after = kinds[:index], kinds[index:]
            if ("degree" in before and after[0] == "institution") or (
                "institution" in before and after[0] == "degree"
            ):
                return _halved(part, part.find(pieces[index], len(pieces[0])))
    return [part]


def _halved(part: str, at: int) -> list[str]:
    halves = [trimmed(part[:at]), trimmed(part[at:])] if at > 0 else [part]
    return [half for half in halves if half]


def _strict_kind(piece: str) -> str | None:
    """As `_kind`, but only schools are institutions: a field of study may name a kind of company."""
    kind = _kind(piece)
    return None if kind == "institution" and not _INSTITUTION.search(piece) else kind


def _kind(piece: str) -> str | None:
    degree, institution = _DEGREE.search(piece), _INSTITUTION.search(piece)
    if degree and institution:
        return "degree" if degree.start() < institution.start() else "institution"
    if degree:
        return "degree"
    return "institution" if institution or names_organisation(piece) else None


def _classified(piece: str, seen: Iterable[str]) -> _Mention | None:
    surely_place = is_place(piece) and not _INSTITUTION.search(piece)
    if surely_place and "institution" not in seen and len(comma_parts(piece)) > 2:
        surely_place = False
    kind = None if surely_place else _kind(piece)
    if kind == "degree":
        return _Mention("degree", piece)
    if kind is None and (surely_place or ("institution" in seen and shaped_like_place(piece))):
        return _Mention("place", piece)
    if kind is None and (":" in piece or not piece[0].isupper() or piece.endswith(".") or len(piece) > 70):
        return None
    name, location = split_place(piece)
    return _Mention("institution", name, location)


def _education(mentions: dict[str, _Mention]) -> Education:
    institution = mentions.get("institution")
    place = mentions.get("place")
    degree, date, grade = mentions.get("degree"), mentions.get("date"), mentions.get("grade")
    return Education(
        degree=degree.value if degree else None,
        institution=institution.value if institution else None,
        location=institution.location
        if institution and institution.location
        else place.value
        if place
        else None,
        graduation_date=date.value if date else None,
        gpa=grade.value if grade else None,
    )
