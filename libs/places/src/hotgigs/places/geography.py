"""Where the places of the world are, by name.

Made by ``make/make_geography.py`` from GeoNames (CC BY 4.0), Unicode CLDR and ISO 3166-2.
"""

import zlib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple

from hotgigs.places.names import key_of

PlaceKind = Literal["country", "region", "district", "town"]
"""A region is the first level below a country (a state, a province), a district the second (a county)."""
Called = Literal["usual", "short", "around"]
"""By its usual name; by an abbreviation or another name; by the name of the area around it, or by one that
says but it (Greater Manchester, NYC)."""

_GZIP = 31
_UNPACKED_BYTES = 14_000_000
"""Or a little less: unpacking it at once into its place takes the memory once."""
_KINDS: dict[str, PlaceKind] = {
    "C": "country",
    "R": "region",
    "D": "district",
    "A": "town",
    "T": "town",
}


class Spot(NamedTuple):
    """A place on the map. Of one that is not a town, the middle of the people who live there."""

    kind: PlaceKind
    country: str
    """ISO 3166-1 alpha-2."""
    region: str
    """The country's and GeoNames's code, such as ``US-MA``; empty of a country."""
    latitude: float
    longitude: float
    """Degrees, to about 1 km."""
    population: int
    """Of its towns, to two digits."""
    utc_from: float
    utc_to: float
    """Standard offsets from UTC in hours, from west to east."""
    spread_km: int
    """How far from the middle its people live on average; 0 of a town."""


class Named(NamedTuple):
    spot: Spot
    called: Called


@lru_cache(maxsize=8192)
def spots_named(name: str) -> tuple[Named, ...]:
    """All places of this name, in any spelling of case, accents and marks."""
    line = _line_of(key_of(name).encode())
    return tuple(map(_named, line.split())) if line else ()


def _named(packed: str) -> Named:
    kind, country, region, latitude, longitude, people, west, east, spread = packed.split(",")
    spot = Spot(
        kind=_KINDS[kind.upper()],
        country=country,
        region=f"{country}-{region}" if region else "",
        latitude=int(latitude) / 100,
        longitude=int(longitude) / 100,
        population=int(people),
        utc_from=int(west) / 4,
        utc_to=int(east) / 4,
        spread_km=int(spread),
    )
    return Named(spot, "short" if kind.islower() else "around" if kind == "A" else "usual")


def _line_of(key: bytes) -> str | None:
    """What stands after the key in the sorted lines, found by halving: a quarter of a million names take
    no more memory than their text."""
    lines = _lines()
    low, high = 0, len(lines)
    while low < high:
        start = lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = lines.index(b"\n", start)
        name, _, rest = lines[start:end].partition(b"\t")
        if name == key:
            return rest.decode()
        if name < key:
            low = end + 1
        else:
            high = start
    return None


@cache
def _lines() -> bytes:
    packed = files("hotgigs.places").joinpath("geography.txt.gz").read_bytes()
    return zlib.decompress(packed, wbits=_GZIP, bufsize=_UNPACKED_BYTES)
