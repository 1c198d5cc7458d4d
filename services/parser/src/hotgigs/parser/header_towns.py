"""Towns that but a space parts from the name before: ``Order Picker Chillicothe, OH``."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from hotgigs.parser.document import Line
from hotgigs.parser.organisations import is_legal_form, names_organisation
from hotgigs.parser.roles import role_at
from hotgigs.places.gazetteer import places_named

_TOWN = re.compile(r"\s(?P<town>(?:[^\W\d_a-z][\w'’.-]*\s){0,2}[^\W\d_a-z][\w'’-]+)(?=,\s[^\W\d_]|\t|$)")
_PARTED = re.compile(r"[,;|(–—]|\s-\s|(?:^|\s)[^\W\d_A-Z]{1,3}$")
"""Before the town: a mark, or a word such as ``de`` that belongs to what follows."""
_MAX_CHARS = 110


def with_parted_towns(headers: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """With a tab before such towns, where several headers of the section have one."""
    found = [[_parted(line) for line in lines] for lines in headers]
    changed = sum(list(before) != after for before, after in zip(headers, found, strict=True))
    return found if changed > 1 and 2 * changed > len(headers) else [list(lines) for lines in headers]


def _parted(line: Line) -> Line:
    if len(line.text) > _MAX_CHARS:
        return line
    text = "\t".join(_parted_text(part) for part in line.text.split("\t"))
    return msgspec.structs.replace(line, text=text)


def _parted_text(text: str) -> str:
    for begin, town in _towns(text):
        head = text[:begin]
        if _PARTED.search(head) or names_organisation(town):
            continue
        is_name = len(head) > 3 and head.isupper() and not is_legal_form(head)
        is_beside_capitals = is_name and not any(map(str.isupper, town.split(" ")))
        if is_beside_capitals or (
            role_at(head) == "head" and not names_organisation(head) and "town" in places_named(town)
        ):
            return f"{head}\t{text[begin + 1 :]}"
    return text


def _towns(text: str) -> Iterator[tuple[int, str]]:
    """Where each may begin, the longest first."""
    match = _TOWN.search(text)
    if match is None:
        return
    begin, end = match.start(), match.end("town")
    while begin >= 0 and begin < end:
        yield begin, text[begin + 1 : end]
        begin = text.find(" ", begin + 1, end)
