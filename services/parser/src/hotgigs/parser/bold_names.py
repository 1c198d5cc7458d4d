"""Names of schools and companies that are set in bold, with nothing but that between them and their place."""

from collections.abc import Sequence

import msgspec

from hotgigs.parser.document import Line
from hotgigs.parser.education_words import school_in
from hotgigs.parser.organisations import names_organisation
from hotgigs.parser.places import is_place, shaped_like_place

_MARKS = ",;:|–—-/·•(&"


def with_places_apart(lines: Sequence[Line]) -> list[Line]:
    """A tab between each name and a place behind it that is not set in bold.

    Where one is surely a place, others in a section that look like one are places too.
    """
    halves = [_halves(line) for line in lines]
    places = [rest.partition("\t")[0] for _, rest in halves]
    sure = any(map(is_place, filter(None, places)))
    return [
        msgspec.structs.replace(line, text=f"{name}\t{rest}", lead=name)
        if place and (is_place(place) or (shaped_like_place(place) and (sure or _is_known(name))))
        else line
        for line, (name, rest), place in zip(lines, halves, places, strict=True)
    ]


def _halves(line: Line) -> tuple[str, str]:
    """What is set in bold and what follows it; empty where a mark stands between them."""
    name, rest = line.lead.rstrip(), line.text[len(line.lead) :].strip()
    if not name or not rest or not line.text.startswith(name) or name[-1] in _MARKS or rest[0] in _MARKS:
        return "", ""
    return name, rest


def _is_known(name: str) -> bool:
    return names_organisation(name) or school_in(name) is not None
