"""Which time zones a text asks for: ``UTC+1 to UTC+8``, ``four hours overlap with Central European Time``."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from hotgigs.places.gazetteer import folded

Zones = tuple[float, float]
"""Standard offsets from UTC in hours, from west to east, both included."""

WORKING_DAY = 9
"""Hours from its beginning to its end, a break included."""
USUAL_DISTANCE = 2
"""Hours by which those who keep the hours of another time zone live from it, where nobody says."""

_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_NUMBER = rf"(?P<hours>\d|{'|'.join(_NUMBERS)})"
_OFFSET = r"(?:(?:utc|gmt)\s?)(?P<{0}>[+\-−–±]\s?\d{{1,2}}(?:[:.]\d{{1,2}})?)?"
_RANGE = re.compile(
    _OFFSET.format("west")
    + r"\s?(?:to|through|until|and|bis|à|a|-|–|—|/)\s?"
    + r"(?:(?:utc|gmt)\s?)?(?P<east>[+\-−–]\s?\d{1,2}(?:[:.]\d{1,2})?)"
)
_ONE = re.compile(_OFFSET.format("offset") + r"(?=\W|$)")
_OVERLAP = re.compile(
    rf"\b{_NUMBER}\+?\s(?:or more\s)?(?:working\s|business\s)?h(?:ou)?rs?\b[^.;()]{{0,30}}?\boverlap"
    rf"|\boverlap\w*\b[^.;()]{{0,40}}?\b{_NUMBER.replace('hours', 'later')}\+?\sh(?:ou)?rs?\b"
)
_WITHIN = re.compile(
    rf"(?:\bwithin\s|±\s?|\+\s?/\s?[-−–]\s?|\bplus or minus\s)(?:about\s)?{_NUMBER}"
    r"\s?(?:h\b|hrs?\b|hours?\b|time ?zones?\b|\))?"
)
_CLOCK = re.compile(
    r"\b(?:CES?T|EES?T|WET|GMT|UTC|E[SD]T|C[SD]T|M[SD]T|P[SD]T|AE[SD]T|AWST|NZ[SD]?T|BRT|SAST|EAT|IST|SGT|HKT|JST|KST)\b"
)
"""Abbreviations that mean a time zone and nothing else, in capitals."""
_MAX_CHARS = 400


def zones_asked(text: str) -> Zones | None:
    """None where the text asks for none. ``n`` hours of overlap let people live as far away as leaves ``n``
    hours of a working day of nine in common."""
    printed = text[:_MAX_CHARS]
    text = printed.lower()
    spread = _RANGE.search(text)
    if spread and (spread["west"] or spread["east"]):
        ends = sorted((_hours(spread["west"]), _hours(spread["east"])))
        return ends[0], ends[1]
    asked = _named_zone(printed)
    if asked is None:
        return None
    distance = _distance(text)
    if distance is None:
        distance = USUAL_DISTANCE if asked[0] == asked[1] else 0
    return asked[0] - distance, asked[1] + distance


def _distance(text: str) -> float | None:
    overlap = _OVERLAP.search(text)
    if overlap:
        return max(0, WORKING_DAY - _number(overlap["hours"] or overlap["later"]))
    within = _WITHIN.search(text)
    return _number(within["hours"]) if within else None


def _named_zone(printed: str) -> Zones | None:
    exact = _ONE.search(printed.lower())
    if exact and exact["offset"] and "±" not in exact["offset"]:
        hours = _hours(exact["offset"])
        return hours, hours
    clock = _CLOCK.search(printed)
    if clock:
        return _zones()[clock[0].lower()]
    named = _zone_names().search(folded(printed))
    return _zones()[next(filter(None, named.groups()))] if named else None


def _number(text: str) -> int:
    return _NUMBERS.get(text) or int(text)


def _hours(offset: str | None) -> float:
    if not offset:
        return 0.0
    sign = 1 if offset[0] in "+±" else -1
    hours, _, minutes = offset[1:].strip().replace(".", ":").partition(":")
    return sign * min(14.0, int(hours) + int(minutes or 0) / 60)


@cache
def _zones() -> dict[str, Zones]:
    told = tomllib.loads(files("hotgigs.places").joinpath("scopes.toml").read_text("utf-8"))["zones"]
    return {name: (west, east) for name, (west, east) in told.items()}


@cache
def _zone_names() -> re.Pattern[str]:
    """``eastern time``, ``european working hours``, ``time zones of the americas``, ``overlap with us``."""
    name = rf"({'|'.join(sorted(_zones(), key=len, reverse=True))})"
    return re.compile(
        rf"\b{name}(?: s)?(?: standard| daylight| summer)?"
        r" (?:times?|time ?zones?|tz|hours|(?:working|business|office|core) (?:hours|day|time))\b"
        rf"|\btime ?zones? (?:of |in |is |are )?(?:the )?{name}\b"
        rf"|\boverlap\w*\b.{{0,60}}?\b{name}\b"
    )
