"""Certificates and licences: name, issuer, and the dates of issue and expiry."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from hotgigs.contracts.resume_data import Certification
from hotgigs.parser.certificate_dates import Dated, announces_expiry, dated_line, is_date_line, without_dates
from hotgigs.parser.certificate_lists import one_a_line
from hotgigs.parser.certificate_parts import (
    bracketed_issuer,
    in_order,
    is_issuer,
    may_be_issuer_in_brackets,
    name_and_issuer,
    names_certificate,
    without_issuer_words,
)
from hotgigs.parser.certificate_sections import certificate_sections
from hotgigs.parser.dates import find_periods, is_only_dates
from hotgigs.parser.document import Line
from hotgigs.parser.labelled_certifications import labelled_certifications
from hotgigs.parser.organisations import names_organisation
from hotgigs.parser.passages import joined, runs_over
from hotgigs.parser.roles import names_role
from hotgigs.parser.sections import Section
from hotgigs.parser.separators import bullet_text, trimmed

MAX_CERTIFICATIONS = 60
_ENOUGH_DATED = 2
_MAX_NAME_CHARS = 160
_OPEN_END = re.compile(
    r"(?:[,&(/–-]|\s(?:and|und|et|y|e|of|for|in|the|de|del|des|du|da|do|di|für|der|die|van|en|la|le|el))$",
    re.IGNORECASE,
)
_MIN_WRAPPED_CHARS = 45


def read_certifications(sections: Sequence[Section]) -> tuple[Certification, ...]:
    """Of all sections of a resume those that hold certificates; in printed order."""
    found = [
        each
        for section in certificate_sections(sections)
        for each in _without_title(_with_issuers(_read(section)))
    ]
    return tuple(found[:MAX_CERTIFICATIONS])


def _without_title(found: list[Certification]) -> list[Certification]:
    """Without what a person is, where that stands below the certificates, which all have dates."""
    if len(found) < _ENOUGH_DATED + 1 or not all(each.issue_date or each.expiry_date for each in found[:-1]):
        return found
    last = found[-1]
    is_title = names_role(last.name) and not names_certificate(last.name)
    return found[:-1] if is_title and not (last.issuer or last.issue_date or last.expiry_date) else found


def _read(section: Section) -> list[Certification]:
    labelled = labelled_certifications(section.lines)
    if labelled:
        return labelled
    return [each for group in _groups(one_a_line(section.lines)) for each in _certification(group)]


def _with_issuers(found: list[Certification]) -> list[Certification]:
    """With the issuers that stand in brackets behind the names of all, or say that they are organisations."""
    open_ones = [each.name if each.issuer is None else "" for each in found]
    everywhere = len(found) > 1 and all(map(may_be_issuer_in_brackets, open_ones))
    parted = [bracketed_issuer(name, everywhere=everywhere) for name in open_ones]
    return [
        msgspec.structs.replace(each, name=both[0], issuer=both[1]) if both else each
        for each, both in zip(found, parted, strict=True)
    ]


def _groups(lines: Sequence[Line]) -> Iterator[list[Dated]]:
    """The lines of one certificate after the other."""
    group: list[Dated] = []
    lines = _with_wrapped(_unfolded(lines))
    itemised = sum(line.is_list_item or bullet_text(line.text) is not None for line in lines) > len(lines) / 3
    whole = _with_whole_dates(lines)
    dates_apart = any(is_date_line(line.text) for line in whole)
    found = [dated_line(line, dates_apart=dates_apart) for line in whole]
    begins = [dated.is_item for dated in found] if itemised else _begins(found)
    for index, dated in enumerate(found):
        if group and (begins[index] if begins else _begins_another(group, dated)):
            yield group
            group = []
        group.append(dated)
    if group:
        yield group


def _begins(found: Sequence[Dated]) -> list[bool] | None:
    """Which lines begin a certificate, where all of them are set alike; else None."""
    if not any(dated.has_date for dated in found):
        return _begins_undated(found)
    if not found[0].text:
        return [not dated.text for dated in found]
    heads = [dated for dated in found if dated.has_date]
    tails = [
        (above, below) for above, below in pairwise(found) if above.text and above.has_date > below.has_date
    ]
    are_pairs = found[0].has_date and len(heads) + len(tails) == len(found)
    if not are_pairs or any(_has_parts(each.text) for each in heads):
        return None
    if all(_is_issuer_below(*pair) for pair in tails) or (len(tails) == len(heads) > 1):
        return [dated.has_date for dated in found]
    return None


def _begins_undated(found: Sequence[Dated]) -> list[bool]:
    """Each line, unless every other one is an issuer."""
    names = [each.line for each in found[::2]]
    below = list(zip(found[::2], found[1::2], strict=False))
    if (
        len(found) > 1
        and len({_look(line) for line in names}) == 1
        and all(_is_issuer_below(*pair) and not _has_parts(pair[0].text) for pair in below)
    ):
        return [index % 2 == 0 for index in range(len(found))]
    return [True] * len(found)


def _is_issuer_below(above: Dated, dated: Dated) -> bool:
    """Does the undated line look unlike the name above it, or name an organisation?"""
    if _look(above.line) != _look(dated.line) or is_issuer(dated.text):
        return True
    return above.has_date and "\t" in above.line.text and "\t" not in dated.line.text


def _unfolded(lines: Sequence[Line]) -> list[Line]:
    """Certificates that stand side by side, each with its dates below its name, come one after the other."""
    found: list[Line] = []
    for line in lines:
        cells, above = line.text.split("\t"), found[-1].text.split("\t") if found else []
        dated = sum(bool(find_periods(cell)) for cell in cells)
        if dated > 1 and len(cells) == len(above) and not find_periods(found[-1].text):
            upper = found.pop()
            for pair in zip(above, cells, strict=True):
                found += [
                    msgspec.structs.replace(each, text=text)
                    for each, text in zip((upper, line), pair, strict=True)
                ]
        else:
            found.append(line)
    return found


def _with_wrapped(lines: Sequence[Line]) -> list[Line]:
    """Printed lines put together that one item runs over: a hanging line, or an abbreviation in brackets."""
    margin = max((line.x1 for line in lines), default=0.0)
    found: list[Line] = []
    above: Line | None = None
    for line in lines:
        if (
            above is not None
            and line.page
            and len(found[-1].text) < _MAX_NAME_CHARS
            and _hangs(above, line, margin)
        ):
            found[-1] = msgspec.structs.replace(found[-1], text=joined(found[-1].text, line.text))
        else:
            found.append(line)
        above = line
    return found


def _hangs(above: Line, line: Line, margin: float) -> bool:
    if _look(above) != _look(line) or line.is_list_item or bullet_text(line.text) is not None:
        return False
    if line.text[0].islower() or _OPEN_END.search(above.text):
        return not is_only_dates(line.text)
    periods = find_periods(line.text)
    if periods:
        return _completes_issuer(above.text, without_dates(line.text, periods))
    if line.text.startswith("("):
        return True
    gutter = above.text.partition("\t")[0]
    is_long = len(above.text) > _MIN_WRAPPED_CHARS
    return line.x0 > above.x0 + 1 and is_only_dates(gutter) and is_long and runs_over(above, line, margin)


def _completes_issuer(above: str, rest: str) -> bool:
    """Is ``rest`` the end of an organisation's name that begins behind the last comma above it?"""
    begin = above.rpartition(", ")[2]
    if begin == above or find_periods(above) or rest.count(" ") > 2 or names_organisation(begin):
        return False
    return bool(rest) and names_organisation(f"{begin} {rest}")


def _with_whole_dates(lines: Sequence[Line]) -> list[Line]:
    """A date that stands on the next line goes to what it is the date of, as after "expires"."""
    found: list[Line] = []
    for line in lines:
        if found and is_only_dates(line.text) and announces_expiry(found[-1].text):
            found[-1] = msgspec.structs.replace(found[-1], text=f"{found[-1].text} {line.text}")
        else:
            found.append(line)
    return found


def _begins_another(group: list[Dated], dated: Dated) -> bool:
    if not any(each.text for each in group):
        return False
    if any(each.has_date for each in group):
        return not (dated.has_date and not dated.text) or dated.issued is not None
    if not dated.has_date or _look(dated.line) != _look(group[-1].line):
        return False
    if names_certificate(dated.text) and not is_issuer(dated.text):
        return not is_issuer(group[-1].text)
    return _has_parts(dated.text) and _has_parts(group[-1].text)


def _has_parts(text: str) -> bool:
    return name_and_issuer(text)[1] is not None


def _look(line: Line) -> tuple[float, int, bool]:
    return (line.font_size, line.weight, line.italic)


def _certification(group: list[Dated]) -> Iterator[Certification]:
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


def _name_and_issuer(named: list[Dated]) -> tuple[str, str | None]:
    first, *rest = named
    name = first.text
    if rest and not _is_list(named):
        while len(rest) > 1 and _look(rest[0].line) == _look(first.line):
            name = joined(name, rest.pop(0).text)
        name, issuer = in_order(name, trimmed(" ".join(each.text for each in rest)))
        return name, without_issuer_words(issuer) or None
    for each in rest:
        name = joined(name, each.text)
    return name_and_issuer(name)


def _is_list(named: list[Dated]) -> bool:
    """Is it one item of a list, wrapped, rather than a name with its issuer below?"""
    return named[0].is_item and len({_look(each.line) for each in named}) == 1
