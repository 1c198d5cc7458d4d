"""From where a text lets people work: ``Americas or Europe``, ``Eastern United States``, ``EMEA``."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from hotgigs.places.gazetteer import folded
from hotgigs.places.geography import spots_named
from hotgigs.places.locate import locate_each
from hotgigs.places.pieces import MAX_CHARS
from hotgigs.places.time_zones import Zones, zones_asked


class Scope(NamedTuple):
    """In one of these countries or regions (anywhere, where there are none), and in these time zones."""

    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    zones: Zones | None = None

    @property
    def is_anywhere(self) -> bool:
        return not (self.countries or self.regions or self.zones)


ANYWHERE = Scope()
_MAX_SENTENCE = 400
_NOBODY_ELSES = (
    *("new england", "east coast", "west coast", "midwest", "pacific northwest", "mid atlantic"),
    *("western canada", "eastern canada", "atlantic canada", "maritimes"),
)
"""Parts of a country that need not name it."""
_WORLD = re.compile(r"\b(?:worldwide|world wide|anywhere in the world|global(?:ly)?|any location|weltweit)\b")
_ZONE_TEXT = re.compile(
    r"[^,;()]*\b(?:UTC|GMT|[Tt]ime(?:\s?zones?)?|[Hh]ours?|[Oo]verlap\w*|CES?T|EES?T|E[SD]T|C[SD]T|P[SD]T|M[SD]T|AES?T|IST)\b"
    r"[^,;()]*(?:\([^()]*\))?"
)
_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]\.?)*")


def scope_of(text: str) -> Scope:
    """What the text of a location limits to. A town limits to its country."""
    return _scope_of(text[:MAX_CHARS])


@lru_cache(maxsize=2048)
def _scope_of(text: str) -> Scope:
    zones = zones_asked(text)
    if zones:
        text = _ZONE_TEXT.sub(" ", text)
    named = _named_parts(text)
    countries, regions = list(named.countries), list(named.regions)
    if not _WORLD.search(folded(text)):
        for spot in locate_each(_without_parts(text)):
            if spot.kind == "region":
                regions.append(spot.region)
            elif not any(region.startswith(f"{spot.country}-") for region in regions):
                countries.append(spot.country)
    return Scope(tuple(dict.fromkeys(countries)), tuple(dict.fromkeys(regions)), zones)


def scope_in(sentence: str) -> Scope:
    """What a sentence limits to: time zones, else the countries and parts of the world that it names."""
    sentence = sentence[:_MAX_SENTENCE]
    zones = zones_asked(sentence)
    if zones:
        return Scope(zones=zones)
    named = _named_parts(sentence)
    countries = list(named.countries)
    words = _WORD.findall(_without_parts(sentence))
    at = 0
    while at < len(words):
        for size in (4, 3, 2, 1):
            code = _country_named(" ".join(words[at : at + size]))
            if code:
                countries.append(code)
                break
        at += size if code else 1
    return Scope(tuple(dict.fromkeys(countries)), named.regions)


def _country_named(words: str) -> str | None:
    """Of a country as sentences name it, in capitals: the U.S., not us."""
    if not words[:1].isupper() or (len(words) < 5 and not words.isupper() and words not in _SHORT_COUNTRIES):
        return None
    return next(
        (
            named.spot.country
            for named in spots_named(words.replace(".", ""))
            if named.spot.kind == "country" and (named.called == "usual")
        ),
        None,
    )


_SHORT_COUNTRIES = frozenset({"Chad", "Cuba", "Fiji", "Iran", "Iraq", "Laos", "Mali", "Oman", "Peru", "Togo"})


def _named_parts(text: str) -> Scope:
    countries: list[str] = []
    regions: list[str] = []
    for match in _part_names().finditer(folded(text)):
        name = match["part"] or match["region"] or match["around"]
        if match["part"]:
            countries += _parts()[name]
        else:
            regions += _regions()[name]
    return Scope(tuple(dict.fromkeys(countries)), tuple(dict.fromkeys(regions)))


def _without_parts(text: str) -> str:
    """Commas and letters stay as printed where the text names no part of the world."""
    if not _part_names().search(folded(text)):
        return text
    kept = (_part_names().sub(" ", folded(piece)) for piece in re.split(r"[,;|/()]|\s(?:or|and|&)\s", text))
    return ", ".join(piece.strip() for piece in kept if piece.strip())


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads(files("hotgigs.places").joinpath("scopes.toml").read_text("utf-8"))


@cache
def _parts() -> dict[str, tuple[str, ...]]:
    continents = _told()["continents"]
    return {
        name: tuple(code for member in members for code in continents.get(member, member).split())
        for name, members in _told()["parts"].items()
    }


@cache
def _regions() -> dict[str, tuple[str, ...]]:
    return {
        name: tuple(f"{country}-{code}" for code in codes.split())
        for name, (country, codes) in _told()["regions"].items()
    }


@cache
def _part_names() -> re.Pattern[str]:
    of_us = r"(?:the )?(?:united states|u s a?|usa?|america)"
    return re.compile(
        rf"\b(?:(?:{of_us} )?(?P<around>{_either(_NOBODY_ELSES)})(?: (?:of )?{of_us})?"
        rf"|(?P<region>{_either(_regions())}) (?:of )?{of_us}"
        rf"|(?P<part>{_either(_parts())}))\b"
    )


def _either(names: Iterable[str]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))
