"""Who answers an asked skill, and how well.

Three files hold the links. ``kinds``: a general skill, and the specific skills that are kinds of it or imply
it, as PostgreSQL answers SQL. These links have no circle, and a chain of them is worth the product of its
links. ``near``: skills of which each stands in for the others, such as one cloud for another. ``stand_ins``:
what stands in for a skill one way. What is near to something near is not near: a chain holds one such link at
most, and that is next to the asked skill. A general skill says little of a specific one, over one link only.
"""

import heapq
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from msgspec import Struct

from hotgigs.skills.data import load
from hotgigs.skills.keys import key_of
from hotgigs.skills.vocabulary import by_key

_USUAL = 0.95
"""The worth of a link to which none is written."""
_GENERAL = 0.2
"""What a general skill is worth for a specific one, of what that is worth for the general."""
_LEAST = 0.1
"""What is worth less is left out."""
_LINE = re.compile(r"(?P<asked>[^\[\]:]*?)\s?(?:\[(?P<worth>[01]\.\d+)\])?: (?P<names>.+)")

Worths = Mapping[str, float]
"""By the key of a skill, 0 to 1."""


class Link(Struct, frozen=True):
    """Who has the one skill answers the ``asked`` one to so much; both by their names in the vocabulary."""

    asked: str
    has: str
    worth: float


@lru_cache(maxsize=8192)
def worths_for(asked: str) -> Worths:
    """What answers the skill of that name or key, the best first; itself with 1, known or not.

    Empty for a text without a letter or digit."""
    key = key_of(asked)
    if not key:
        return MappingProxyType({})
    found: dict[str, float] = {}
    _spread(key, 1.0, found)
    for other, worth in _near().get(key, {}).items():
        _spread(other, worth, found)
    for other, worth in _stand_ins().get(key, {}).items():
        found[other] = max(found.get(other, 0.0), worth)
    if not _is_certificate(key):
        for general, worth in _generals().get(key, {}).items():
            found[general] = max(found.get(general, 0.0), _GENERAL * worth)
    best = sorted(found.items(), key=lambda each: (-each[1], each[0]))
    return MappingProxyType({name: round(worth, 4) for name, worth in best if worth >= _LEAST})


def links(file: str) -> Iterator[Link]:
    """Those of ``kinds``, ``near`` or ``stand_ins``. Raises ValueError for a line that is none."""
    for lines in load(file).values():
        for line in lines.strip().splitlines():
            yield from _links(line)


def _is_certificate(key: str) -> bool:
    """It is held or not: its field says nothing of it."""
    known = by_key(key)
    return known is not None and known.category == "Licences and certificates"


def _spread(key: str, worth: float, found: dict[str, float]) -> None:
    """To the skill and all kinds of it, each over its best chain; ``found`` keeps what is better already."""
    waiting = [(-worth, key)]
    while waiting:
        negative, current = heapq.heappop(waiting)
        if -negative <= found.get(current, 0.0) or -negative < _LEAST:
            continue
        found[current] = -negative
        for specific, link in _kinds().get(current, {}).items():
            heapq.heappush(waiting, (negative * link, specific))


@cache
def _kinds() -> Mapping[str, Worths]:
    return _by_asked(links("kinds"))


@cache
def _generals() -> Mapping[str, Worths]:
    return _by_asked(Link(link.has, link.asked, link.worth) for link in links("kinds"))


@cache
def _near() -> Mapping[str, Worths]:
    return _by_asked(links("near"))


@cache
def _stand_ins() -> Mapping[str, Worths]:
    return _by_asked(links("stand_ins"))


def _by_asked(found: Iterable[Link]) -> Mapping[str, Worths]:
    by_asked: dict[str, dict[str, float]] = defaultdict(dict)
    for link in found:
        own, has = by_asked[key_of(link.asked)], key_of(link.has)
        own[has] = max(own.get(has, 0.0), link.worth)
    return dict(by_asked)


def _links(line: str) -> Iterator[Link]:
    match = _LINE.fullmatch(line)
    if match is None:
        raise ValueError(f"no line of the hierarchy: {line}")
    worth = float(match["worth"] or _USUAL)
    names = match["names"].split(", ")
    for asked in [match["asked"]] if match["asked"] else names:
        yield from (Link(asked, name, worth) for name in names if name != asked)
