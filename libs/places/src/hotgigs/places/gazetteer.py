"""Cities, regions and countries of the world by name.

Made by ``make/make_gazetteer.py`` from GeoNames (CC BY 4.0), Unicode CLDR and ISO 3166-2.
"""

import gzip
import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

Kind = Literal["country", "region", "town", "village"]
"""A town has 15,000 people, a village 5,000."""

_KINDS: dict[str, Kind] = {"C": "country", "R": "region", "T": "town", "V": "village"}
_NOT_WORDS = re.compile(r"[^\w]+")


def folded(name: str) -> str:
    """As names compare: lower case, without accents, single spaces for all between words."""
    if not name.isascii():
        name = unicodedata.normalize("NFKD", name.replace("ß", "ss").replace("ø", "o").replace("ł", "l"))
        name = "".join(char for char in name if not unicodedata.combining(char))
    return _NOT_WORDS.sub(" ", name.casefold()).strip()


@lru_cache(maxsize=4096)
def places_named(name: str) -> dict[Kind, tuple[str, ...]]:
    """The ISO codes of the countries where a place of each kind has this name, the largest first; not to
    be changed. Empty where there is none."""
    found = _names().get(folded(name))
    if found is None:
        return {}
    return {_KINDS[part[0]]: tuple(part[1:].split(",")) for part in found.split(" ")}


@cache
def printed_names(kind: Literal["countries", "regions"]) -> dict[str, tuple[str, ...]]:
    """Names of countries, or of some countries' states and provinces, as people print them, lower case,
    by the country's ISO code; not to be changed. Abbreviations of states are among them."""
    words = tomllib.loads(files("hotgigs.places").joinpath("printed.toml").read_text("utf-8"))
    return {code: tuple(names) for code, names in words[kind].items()}


@cache
def _names() -> dict[str, str]:
    packed = files("hotgigs.places").joinpath("gazetteer.txt.gz").read_bytes()
    return dict(line.split("\t") for line in gzip.decompress(packed).decode().splitlines())
