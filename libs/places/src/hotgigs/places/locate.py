"""Free text to places on the map: ``Boston, Lincolnshire, UK``, ``75011 Paris 11e``, ``Greater Boston``."""

import math
import re
from collections.abc import Sequence
from functools import lru_cache

from hotgigs.places.agreement import agreement, contains, covers, dwarfs
from hotgigs.places.geography import Named, Spot, spots_named
from hotgigs.places.pieces import MAX_CHARS, MAX_PIECES, Piece, is_code, names_code, pieces_of

_COMPACT_KM = 40

_OR = re.compile(r"[;|\n/]|\s(?:or|oder|ou|o|and|und|et|y|e|&)\s")

_WORTH_OF_KIND = {"country": 1.0, "region": 0.0, "district": -0.5, "town": 1.0}
"""In powers of ten of people: how much more likely a bare name means the one than the other."""
_WORTH_OF_CALLED = {"usual": 0.0, "short": -1.5, "around": 1.0}
_REGION_CODE, _COUNTRY_CODE = -1.5, -2.0
_LATER = -1.0
"""For each piece before it: what stands first is what the text is about."""
_ELSEWHERE = -4.0
"""Another piece names another country, or another region of the same."""
_DWARFED = -2.0


def locate(text: str) -> Spot | None:
    """The one place that a text most likely names; None where it names none.

    What stands beside a name decides between places of that name, else the number of people there. A text
    that names several places gives the likeliest of them; see `locate_each`.
    """
    return _located(text[:MAX_CHARS])


def locate_each(text: str) -> tuple[Spot, ...]:
    """The places of a text that lists several: ``Berlin, Munich or Hamburg``, ``Austin, TX / Remote``."""
    return _each_located(text[:MAX_CHARS])


@lru_cache(maxsize=8192)
def _located(text: str) -> Spot | None:
    return _best(pieces_of(text))


@lru_cache(maxsize=8192)
def _each_located(text: str) -> tuple[Spot, ...]:
    parts = [part for part in _OR.split(text) if part.strip(" ,")][:MAX_PIECES]
    whole = _located(text)
    if len(parts) > 1 and not any(spots_named(piece) for piece in text.split(",") if _OR.search(piece)):
        pieces = [pieces_of(part) for part in parts if not is_code(part.strip(" ,()"))]
        countries = [piece for part in pieces for piece in part if _names_country(piece)]
        spots = _apart([spot for part in pieces for spot in _listed(part) or _in_country(part, countries)])
        if len(spots) > 1:
            return tuple(spots)
    return tuple(_listed(pieces_of(text))) or ((whole,) if whole else ())


def _in_country(pieces: Sequence[Piece], countries: Sequence[Piece]) -> list[Spot]:
    spot = _best([*pieces, *(country for country in countries if country not in pieces)], len(pieces))
    return [spot] if spot else []


def _listed(pieces: Sequence[Piece]) -> list[Spot]:
    """Several countries, or large towns far from one another, with but commas between."""
    if len(pieces) > 1 and all(map(_names_country, pieces)) and not _agree(pieces):
        return _apart([spot for piece in pieces for spot in _in_country([piece], ())])
    towns = [_best([piece]) for piece in pieces]
    if len(towns) < 2 or not all(spot and _is_large(spot) for spot in towns):
        return []
    if len(towns) == 2 and (_agree(pieces) or _best(pieces, 1) != towns[0]):
        # ``Lafayette, LA``, ``Richmond, London``
        return []
    spots = _apart([spot for spot in towns if spot])
    are_far = not any(covers(one, other) for at, one in enumerate(spots) for other in spots[at + 1 :])
    return spots if are_far and len(spots) == len(towns) else []


def _is_large(spot: Spot) -> bool:
    return spot.kind == "town" and spot.population > 100_000


def _agree(pieces: Sequence[Piece]) -> bool:
    """Does one piece tell where another is: ``Georgia, USA``?"""
    return any(
        agreement(one.spot, other)
        for at, piece in enumerate(pieces)
        for later in pieces[at + 1 :]
        for one in piece.named
        for other in later.named
        if other.spot.kind != "town"
    )


def _apart(spots: Sequence[Spot]) -> list[Spot]:
    """Each once, and no region or country in which another of them lies."""
    return [
        spot
        for spot in dict.fromkeys(spots)
        if not any(spot != other and contains(spot, other) for other in spots)
    ]


def _best(pieces: Sequence[Piece], first: int | None = None) -> Spot | None:
    """Of what the pieces name (the `first` of them; the others only tell where), the likeliest."""
    best: tuple[float, Spot] | None = None
    for index, piece in enumerate(pieces[:first]):
        for named in piece.named:
            likely = _likelihood(named) + piece.worth + index * _LATER
            likely += sum(
                _support(named.spot, other, is_after=at > index)
                for at, other in enumerate(pieces)
                if at != index
            )
            if best is None or likely > best[0]:
                best = likely, named.spot
    return _town_of(best[1], pieces) if best else None


def _town_of(spot: Spot, pieces: Sequence[Piece]) -> Spot:
    """The town that a small region, district or country is named after, since either names the other."""
    if spot.kind == "town" or spot.spread_km > _COMPACT_KM:
        return spot
    towns = (
        named.spot
        for piece in pieces
        if any(named.spot == spot for named in piece.named)
        for named in piece.named
        if named.spot.kind == "town" and named.spot.country == spot.country
    )
    return max((town for town in towns if covers(spot, town)), key=lambda town: town.population, default=spot)


def _likelihood(named: Named) -> float:
    spot = named.spot
    if names_code(named):
        return math.log10(max(spot.population, 100)) + (
            _COUNTRY_CODE if spot.kind == "country" else _REGION_CODE
        )
    return math.log10(max(spot.population, 100)) + _WORTH_OF_KIND[spot.kind] + _WORTH_OF_CALLED[named.called]


def _support(spot: Spot, other: Piece, *, is_after: bool) -> float:
    """How well a place agrees with another piece of the text. Of towns, only the later tells where the other
    is."""
    support = max(
        (agreement(spot, named) for named in other.named if is_after or named.spot.kind != "town"),
        default=0.0,
    )
    if support:
        return support
    if _names_country(other) or _names_region_in(other, spot.country):
        return _ELSEWHERE
    return _DWARFED if any(dwarfs(named.spot, spot) for named in other.named) else 0.0


def _names_country(piece: Piece) -> bool:
    return any(named.spot.kind == "country" and named.called == "usual" for named in piece.named)


def _names_region_in(piece: Piece, country: str) -> bool:
    return any(named.spot.kind == "region" and named.spot.country == country for named in piece.named)
