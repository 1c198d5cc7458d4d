"""Who did what for whom: title, company and place in the header lines of a job."""

import re
from collections.abc import Sequence

from msgspec import Struct

from hotgigs.parser.dates import cut, find_periods
from hotgigs.parser.document import Line
from hotgigs.parser.organisations import is_legal_form, names_organisation
from hotgigs.parser.places import is_place, is_remote, shaped_like_place, split_place
from hotgigs.parser.roles import names_role
from hotgigs.parser.separators import before_last, comma_parts, dash_parts, parts, trimmed
from hotgigs.parser.vocabulary import any_of, load

_LABELS = {label: field for field, labels in load("labels")["job"].items() for label in labels}
_EMPLOYMENT = frozenset(load("labels")["not_a_job"]["employment"])
_LABELLED = re.compile(rf"({any_of(_LABELS)})\s*\t?\s*:\s*\t?\s*(?=\S)", re.IGNORECASE)
_AT = re.compile(r"\s(?:at|@|bei|chez)\s", re.IGNORECASE)
_LENGTH_OF_TIME = re.compile(
    r"\(?(?:\d{1,2}\+?\s?(?:years?|yrs?|months?|mos?|jahre?|monate?|ans?|mois|años?|meses|mes|anos?)\.?[\s,]{0,2}){1,2}\)?",
    re.IGNORECASE,
)


class Header(Struct, frozen=True):
    title: str | None = None
    company: str | None = None
    location: str | None = None


class _Pair(Struct, frozen=True):
    """Two texts, one of them the title and the other the company; the place is known already or inside."""

    first: str
    second: str
    location: str | None
    from_one: bool = False
    """Were the two printed in one text?"""

    @property
    def leaning(self) -> int:
        """Above 0 where the words say that the title comes first, below 0 where the company does."""
        return _title_likeness(self.first) - _title_likeness(self.second)


class _Single(Struct, frozen=True):
    """One text: a title under the company of the job before, or title and company in one."""

    text: str
    location: str | None


_Reading = Header | _Pair | _Single
"""A header as far as its own text tells; the others of its section tell the rest."""


def read_headers(headers: Sequence[Sequence[Line]]) -> list[Header]:
    """One for each job; which comes first, title or company, is what most of the jobs agree on.

    A job without a company of its own has that of the job before it.
    """
    parted = [_parted(lines, frozenset()) for lines in headers]
    known = frozenset(_place_key(each.location) for each in parted if each.location)
    parted = [_parted(lines, known) for lines in headers]
    if _mostly_in_one(parted):
        parted = [_from_one(each) if isinstance(each, _Single) else each for each in parted]
    lean = _lean(parted)
    if lean < 0:
        parted = [_role_at_place(each) if isinstance(each, _Pair) else each for each in parted]
    read: list[Header] = []
    for each in parted:
        if isinstance(each, _Pair):
            header = _assigned(each, title_first=lean >= 0)
        else:
            header = each if isinstance(each, Header) else _alone(each)
        if header.company is None and header.title is not None and read:
            header = Header(header.title, read[-1].company, header.location or read[-1].location)
        read.append(header)
    return read


def _lean(parted: Sequence[_Reading]) -> int:
    """Above 0 where titles come first in more of the headers, below 0 where companies do."""
    return sum(max(-1, min(1, each.leaning)) for each in parted if isinstance(each, _Pair))


def _role_at_place(pair: _Pair) -> _Pair | _Single:
    """Where companies come first, a title before a place is one more title at the company above."""
    if pair.location is None and _title_likeness(pair.first) > 0 and shaped_like_place(pair.second):
        return _Single(pair.first, pair.second)
    return pair


def _mostly_in_one(parted: Sequence[_Reading]) -> bool:
    """Do these headers print title and company in one text, rather than apart?"""
    pairs = [each for each in parted if isinstance(each, _Pair)]
    in_one = sum(pair.from_one for pair in pairs)
    apart = len(pairs) - in_one
    return in_one >= apart or 2 * apart < len(parted)


def _parted(lines: Sequence[Line], known: frozenset[str]) -> _Reading:
    labelled = _labelled(lines)
    if labelled is not None:
        return labelled
    found, location = _without_places([part for line in lines for part in _parts(line)], known)
    if len(found) == 1:
        single = _Single(found[0], location)
        return _from_one(single) if _reads_as_both(found[0]) else single
    if len(found) >= 2:
        return _Pair(found[0], found[1], location)
    return Header(location=location)


def _labelled(lines: Sequence[Line]) -> Header | None:
    values = {}
    for line in lines:
        match = _LABELLED.match(line.text)
        if match:
            values[_LABELS[match[1].casefold()]] = trimmed(line.text[match.end() :])
    if "title" not in values and "company" not in values:
        return None
    return Header(values.get("title"), values.get("company"), values.get("location"))


def _parts(line: Line) -> list[str]:
    text = cut(line.text, find_periods(line.text))
    found = []
    for part in parts(_LENGTH_OF_TIME.sub(" ", text)):
        if part.casefold() in _EMPLOYMENT or not any(char.isalpha() for char in part):
            continue
        halves = _AT.split(part, maxsplit=1)
        if len(halves) == 2 and names_role(halves[0]):
            found.extend(halves)
        else:
            found.append(part)
    return found


def _without_places(found: list[str], known: frozenset[str]) -> tuple[list[str], str | None]:
    """The parts but one that is a place, and that place; ``known`` are places of other jobs."""
    if len(found) == 2:
        is_location = _is_location_of_one(found[0], found[1], known)
        return (found[:1], found[1]) if is_location else (found, None)
    surely = [index for index in range(len(found) - 1, 0, -1) if is_place(found[index])]
    shaped = [index for index in range(len(found) - 1, 0, -1) if shaped_like_place(found[index])]
    for index in (*surely, *shaped):
        return found[:index] + found[index + 1 :], found[index]
    return found, None


def _is_location_of_one(first: str, second: str, known: frozenset[str]) -> bool:
    """Is the second of two parts the place of what the first says alone?"""
    if is_place(second):
        return len(comma_parts(second)) < 3
    if not shaped_like_place(second):
        return False
    return _place_key(second) in known or (len(_pieces(first)) > 1 and _reads_as_both(first))


def _place_key(text: str) -> str:
    """By which a place is known again: its last piece, without brackets."""
    return (comma_parts(text.partition("(")[0]) or [text])[-1].casefold()


def _reads_as_both(text: str) -> bool:
    """Does one part name a role and an organisation, in pieces of their own?"""
    pieces = _pieces(text)
    return any(map(names_role, pieces)) and any(
        names_organisation(piece) and not names_role(piece) for piece in pieces
    )


def _pieces(text: str) -> list[str]:
    return [piece for dashed in dash_parts(text) for piece in comma_parts(dashed)]


def _from_one(single: _Single) -> _Pair | _Single:
    """Title and company in one text, parted where the words differ most; the place peeled off its end."""
    text, location = single.text, single.location
    dashed = [
        split for split in _at_dashes(text) if _title_likeness(split[0]) * _title_likeness(split[1]) < 0
    ]
    if not dashed and location is None and len(_pieces(text)) > 2:
        text, location = _place_peeled(text)
    splits = dashed or [split for split in (*_at_dashes(text), *_at_commas(text)) if not is_place(split[1])]
    if not splits:
        return single
    first, second = max(splits, key=lambda split: abs(_title_likeness(split[0]) - _title_likeness(split[1])))
    return _Pair(first, second, location, from_one=True)


def _telling_dashes(text: str) -> list[tuple[str, str]]:
    """The splits at dashes whose sides the words tell apart."""
    splits = [
        (first, second, _title_likeness(first), _title_likeness(second)) for first, second in _at_dashes(text)
    ]
    surely = [(first, second) for first, second, one, other in splits if one * other < 0]
    return surely or [
        (first, second)
        for first, second, one, other in splits
        if max(one, other) > 0 and min(one, other) == 0 and not shaped_like_place(second)
    ]


def _place_peeled(text: str) -> tuple[str, str | None]:
    """Text and place; of several pieces that may be places, one is left where no other names a company."""
    head, place = split_place(text)
    if place is not None and len(_pieces(head)) == 1 and len(comma_parts(place)) > 1 and not is_place(place):
        first, *rest = comma_parts(place)
        return f"{head}, {first}", ", ".join(rest)
    return head, place


def _alone(single: _Single) -> Header:
    text, location = single.text, single.location
    if location is None:
        head, place = split_place(text)
        if place is not None and is_place(place):
            text, location = head, place
    return (
        Header(title=text, location=location) if names_role(text) else Header(company=text, location=location)
    )


def _at_dashes(text: str) -> list[tuple[str, str]]:
    pieces = dash_parts(text)
    return [
        (head.rstrip(" -–—―"), text[len(head) :])
        for piece in pieces[:0:-1]
        if (head := before_last(text, piece)) != text
    ]


def _at_commas(text: str) -> list[tuple[str, str]]:
    pieces = comma_parts(text)
    return [
        (", ".join(pieces[:index]), ", ".join(pieces[index:]))
        for index in range(1, len(pieces))
        if not is_legal_form(pieces[index])
    ]


def _title_likeness(text: str) -> int:
    """Above 0 for a title, below 0 for a company; what stands before the first comma counts twice."""
    head = (comma_parts(text) or [text])[0]
    likeness = 2 * names_role(head) - 2 * names_organisation(head)
    if head != text:
        likeness += names_role(text) - names_organisation(text)
    return likeness


def _assigned(pair: _Pair, *, title_first: bool) -> Header:
    leaning = pair.leaning
    first_is_title = leaning > 0 or (leaning == 0 and title_first)
    title, company = (pair.first, pair.second) if first_is_title else (pair.second, pair.first)
    location = pair.location
    if location is None:
        company, location = split_place(company)
    if location is None:
        head, place = split_place(title)
        if place is not None and (is_place(place) or is_remote(place)):
            title, location = head, place
    return Header(title or None, company or None, location)
