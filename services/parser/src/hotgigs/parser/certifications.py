"""Certificates and licences: name, issuer, and the dates of issue and expiry."""

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from msgspec import Struct

from hotgigs.contracts.resume_data import Certification
from hotgigs.parser.dates import Period, find_periods, is_only_dates
from hotgigs.parser.document import Line
from hotgigs.parser.passages import joined
from hotgigs.parser.sections import Section
from hotgigs.parser.separators import before_last, bullet_text, comma_parts, dash_parts, parts, trimmed
from hotgigs.parser.vocabulary import any_of, load

MAX_CERTIFICATIONS = 60
_WORDS = load("certifications")
_EXPIRY = re.compile(rf"(?<!\w){any_of(_WORDS['expiry'])}(?!\w):?\s*\(?$", re.IGNORECASE)
_EXPIRY_CHARS = 60
_DATE_WORDS = re.compile(rf"(?<!\w){any_of(_WORDS['issue'])}(?!\w):?\s*", re.IGNORECASE)
_NUMBER = re.compile(
    rf"[\s,|·(]{{0,4}}(?:#|(?<!\w){any_of(_WORDS['number'])}\b\.?\s?[:#]?)\s?(?=[\w-]{{0,20}}\d)[\w-]{{3,30}}\)?",
    re.IGNORECASE,
)
_NAME_WITH_YEAR = re.compile(r"[^,(|\t·–—]*[^\W_] \d{4}")
"""Such as WHMIS 2015."""
_MAX_NAME_CHARS = 160


class _Dated(Struct, frozen=True):
    """A line's text without its dates, and the dates."""

    text: str
    line: Line
    is_item: bool
    issued: str | None = None
    expires: str | None = None

    @property
    def has_date(self) -> bool:
        return self.issued is not None or self.expires is not None


def read_certifications(sections: Iterable[Section]) -> tuple[Certification, ...]:
    """In printed order."""
    found = [
        each for section in sections for group in _groups(section.lines) for each in _certification(group)
    ]
    return tuple(found[:MAX_CERTIFICATIONS])


def _groups(lines: Sequence[Line]) -> Iterator[list[_Dated]]:
    """The lines of one certificate after the other."""
    group: list[_Dated] = []
    itemised = sum(line.is_list_item or bullet_text(line.text) is not None for line in lines) > len(lines) / 3
    whole = _with_whole_dates(lines)
    dates_apart = any(_is_date_line(line.text) for line in whole)
    found = [_dated(line, dates_apart=dates_apart) for line in whole]
    undated = not any(dated.has_date for dated in found)
    for dated in found:
        if group and (dated.is_item if itemised else undated or _begins_another(group, dated)):
            yield group
            group = []
        group.append(dated)
    if group:
        yield group


def _with_whole_dates(lines: Sequence[Line]) -> list[Line]:
    """A date that stands on the next line goes to what it is the date of, as after "expires"."""
    found: list[Line] = []
    for line in lines:
        if found and is_only_dates(line.text) and _EXPIRY.search(found[-1].text):
            found[-1] = msgspec.structs.replace(found[-1], text=f"{found[-1].text} {line.text}")
        else:
            found.append(line)
    return found


def _is_date_line(text: str) -> bool:
    periods = find_periods(text)
    return bool(periods) and not _without_dates(text, periods)


def _begins_another(group: list[_Dated], dated: _Dated) -> bool:
    if not any(each.text for each in group):
        return False
    if any(each.has_date for each in group):
        return not (dated.has_date and not dated.text) or dated.issued is not None
    if dated.has_date:
        return (
            len(_halves(dated.text)) > 1
            and _look(dated.line) == _look(group[-1].line)
            and len(_halves(group[-1].text)) > 1
        )
    return False


def _look(line: Line) -> tuple[float, int, bool]:
    return (line.font_size, line.weight, line.italic)


def _dated(line: Line, *, dates_apart: bool) -> _Dated:
    bullet = bullet_text(line.text)
    text = line.text if bullet is None else bullet
    periods = _own_dates(find_periods(text))
    if dates_apart and _NAME_WITH_YEAR.fullmatch(text) and _without_dates(text, periods):
        periods = []
    issued = expires = None
    for period in periods:
        marked = _EXPIRY.search(text, max(0, period.begin - _EXPIRY_CHARS), period.begin)
        if marked:
            expires = str(period.start)
        else:
            issued = issued or str(period.start)
            expires = expires or (str(period.end) if period.end else None)
    is_item = bullet is not None or line.is_list_item
    return _Dated(_without_dates(text, periods), line, is_item, issued, expires)


def _own_dates(periods: list[Period]) -> list[Period]:
    """Without the bare years of names such as WHMIS 2015, where other dates have months."""
    with_month = [period for period in periods if period.start.month]
    return with_month or periods


def _without_dates(text: str, periods: list[Period]) -> str:
    kept, last = [], 0
    for period in periods:
        kept.append(_EXPIRY.sub(" ", text[last : period.begin]))
        last = period.finish
    kept.append(text[last:])
    text = _NUMBER.sub(" ", " ".join(kept))
    return trimmed(_DATE_WORDS.sub(" ", text) if periods else text)


def _certification(group: list[_Dated]) -> Iterator[Certification]:
    named = [dated for dated in group if any(char.isalpha() for char in dated.text)]
    if not named:
        return
    name, issuer = _name_and_issuer(named)
    if 1 < len(name) <= _MAX_NAME_CHARS:
        yield Certification(
            name=name,
            issuer=issuer,
            issue_date=next((dated.issued for dated in group if dated.issued), None),
            expiry_date=next((dated.expires for dated in group if dated.expires), None),
        )


def _name_and_issuer(named: list[_Dated]) -> tuple[str, str | None]:
    first, *rest = named
    if not rest:
        halves = _halves(first.text)
        return halves[0], halves[1] if len(halves) > 1 else None
    name = first.text
    if _is_list(named):
        for each in rest:
            name = joined(name, each.text)
        halves = _halves(name)
        return halves[0], halves[1] if len(halves) > 1 else None
    while len(rest) > 1 and _look(rest[0].line) == _look(first.line):
        name = joined(name, rest.pop(0).text)
    return name, trimmed(" ".join(each.text for each in rest)) or None


def _is_list(named: list[_Dated]) -> bool:
    """Is it one item of a list, wrapped, rather than a name with its issuer below?"""
    return named[0].is_item and len({_look(each.line) for each in named}) == 1


def _halves(text: str) -> list[str]:
    """Name and issuer, parted at the last separator; one text where there is none."""
    strong = parts(text)
    if len(strong) > 1:
        return [strong[0], ", ".join(strong[1:])]
    shorter = min(
        (pieces[-1] for pieces in (comma_parts(text), dash_parts(text)) if pieces), key=len, default=""
    )
    if shorter in ("", trimmed(text)):
        return [trimmed(text)]
    return [trimmed(before_last(text, shorter)), shorter]
