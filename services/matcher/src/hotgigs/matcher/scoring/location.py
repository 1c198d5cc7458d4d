"""How near a candidate lives to a job, 0 to 100.

Only where they live counts, never where they come from. With *km* between the middles of two towns:

- **Remote work** is worth 100 inside its limits and to everybody where it has none. Outside them it is worth
  10 in a country that they do not name (cap ``abroad``), 25 outside the time zones (cap ``out_of_reach``),
  and 30, uncapped, elsewhere in a country of which they name a part. Where only the country of a candidate is
  known and limits name a part of it: 60.
- **In one country** ``floor + (100 - floor) / (1 + (km / 70)^4)``: all but level to 30 km (98), 86 at 50 km
  that people commute, half way down at 70 km, and the floor from 200 km: 45 in the same region (a state, a
  province), 35 in another. Beyond 100 km the cap ``out_of_reach``. A candidate who would move gains two
  fifths of what lacks to 85, and is not capped.
- **One of them is known only by region or country**: 60 in the same region, 40 in another, 50 where the
  country is all that is known.
- **Another country**: 10, and 20 for one who would move (cap ``abroad``), unless within 50 km and both
  countries are of the European Economic Area, Switzerland or the Common Travel Area: then as in one country.
- **Not known** of either: 50.

Of a job with several sites the best counts. The curve is a Hill function, chosen for being level where people
commute and level again where distance makes no more difference.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hotgigs.contracts.match_state import Cap, Nearness
from hotgigs.matcher.scoring.places import (
    CandidatePlace,
    JobPlace,
    Limits,
    Site,
    candidate_place,
    code_of,
    country_of,
    job_place,
)

__all__ = [
    "CandidatePlace",
    "CandidatePlaces",
    "Fit",
    "Fits",
    "JobPlace",
    "JobPlaces",
    "candidate_place",
    "fit",
    "fit_jobs",
    "fit_many",
    "job_place",
]

HALF_WAY_KM = 70
SAME_CITY_KM = 2
COMMUTE_KM = 50
REACH_KM = 100
REGION_KM = 300
"""Farther than this, a region in common says nothing (of England, or Texas)."""
FLOOR_IN_REGION, FLOOR_IN_COUNTRY = 45.0, 35.0
WOULD_MOVE_TO, WOULD_MOVE_GAINS = 85.0, 0.4
ONLY_REGION_KNOWN, OTHER_REGION, ONLY_COUNTRY_KNOWN = 60.0, 40.0, 50.0
ABROAD, ABROAD_WOULD_MOVE = 10.0, 20.0
REMOTE, OUTSIDE_PART, OUTSIDE_ZONES, PART_NOT_KNOWN = 100.0, 30.0, 25.0, 60.0
NOT_KNOWN = 50.0

_NEARNESS: tuple[Nearness, ...] = (
    "unknown",
    "abroad",
    "same_country",
    "same_region",
    "commutable",
    "same_city",
    "remote",
)
_CAPS: tuple[Cap | None, ...] = (None, "abroad", "out_of_reach")
_UNKNOWN, _ABROAD, _COUNTRY, _REGION, _COMMUTABLE, _CITY, _REMOTE = range(len(_NEARNESS))
_NONE, _CAP_ABROAD, _CAP_REACH = range(len(_CAPS))

_EEA_AND_SWITZERLAND = (
    "AT BE BG CH CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK"
)
_COMMON_TRAVEL_AREA = "GB IE IM JE GG"
_MOVES_FREELY = {
    code_of(country): (country in _EEA_AND_SWITZERLAND.split()) + 2 * (country in _COMMON_TRAVEL_AREA.split())
    for country in {*_EEA_AND_SWITZERLAND.split(), *_COMMON_TRAVEL_AREA.split()}
}
"""One bit an area in which people may work in any country."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class Fit(NamedTuple):
    score: float
    """0 to 100 with one decimal."""
    nearness: Nearness
    cap: Cap | None


class Fits(NamedTuple):
    """Of n pairs."""

    scores: Floats
    """(n,), 0 to 100 with one decimal."""
    nearness: Ints
    caps: Ints

    def at(self, index: int) -> Fit:
        return Fit(float(self.scores[index]), _NEARNESS[self.nearness[index]], _CAPS[self.caps[index]])


class _Sites(NamedTuple):
    country: Ints
    region: Ints
    moves_freely: Ints
    position: Ints
    """(n, 3)"""
    has_position: Bools


class CandidatePlaces(NamedTuple):
    """Columns of n candidates."""

    sites: _Sites
    zones: Floats
    """(n, 2)"""
    would_move: Bools

    @classmethod
    def of(cls, places: Sequence[CandidatePlace]) -> "CandidatePlaces":
        return cls(
            sites=_sites([place.site for place in places]),
            zones=np.array([place.zones for place in places], dtype=np.float64).reshape(-1, 2),
            would_move=np.array([place.would_move for place in places], dtype=np.bool_),
        )


class JobPlaces(NamedTuple):
    """Columns of n jobs: all their sites one after another, and their limits, each kind once."""

    sites: _Sites
    first_site: Ints
    """(n,): a job without a site has one that is not known."""
    limits: tuple[JobPlace, ...]
    limits_of: Ints
    """(n,)"""

    @classmethod
    def of(cls, places: Sequence[JobPlace]) -> "JobPlaces":
        sites = [place.sites or (None,) for place in places]
        kinds: dict[JobPlace, int] = {}
        limits_of = [
            kinds.setdefault(JobPlace(is_remote=place.is_remote, limits=place.limits), len(kinds))
            for place in places
        ]
        counts = np.array([0, *map(len, sites)], dtype=np.int64)
        return cls(
            sites=_sites([site for of_job in sites for site in of_job]),
            first_site=np.cumsum(counts)[:-1],
            limits=tuple(kinds),
            limits_of=np.array(limits_of, dtype=np.int64),
        )


def fit(job: JobPlace, candidate: CandidatePlace) -> Fit:
    """One pair, as `fit_many` and `fit_jobs` find it."""
    return fit_many(job, CandidatePlaces.of([candidate])).at(0)


def fit_many(job: JobPlace, candidates: CandidatePlaces) -> Fits:
    """One job and n candidates."""
    if not job.sites:
        return _unpacked(_within(job, candidates))
    of_sites = (_near(_sites([site]), candidates.sites, candidates.would_move) for site in job.sites)
    return _unpacked(np.maximum.reduce(list(of_sites)))


def fit_jobs(candidate: CandidatePlace, jobs: JobPlaces) -> Fits:
    """One candidate and n jobs."""
    if not len(jobs.limits_of):
        return _unpacked(np.zeros(0, dtype=np.int64))
    one = CandidatePlaces.of([candidate])
    of_sites = _near(jobs.sites, one.sites, one.would_move)
    by_site = np.maximum.reduceat(of_sites, jobs.first_site)
    by_limits = np.concatenate([_within(kind, one) for kind in jobs.limits])[jobs.limits_of]
    has_site = jobs.sites.country[jobs.first_site] != 0
    return _unpacked(np.where(has_site, by_site, by_limits))


def _near(jobs: _Sites, candidates: _Sites, would_move: Bools) -> Ints:
    """Packed, one against one or one against n; whole numbers and plain arithmetic, so that the digits are
    the same however many are computed at once."""
    apart = jobs.position - candidates.position
    square_km = (apart * apart).sum(axis=1) / 100.0
    measured = jobs.has_position & candidates.has_position
    same_country = jobs.country == candidates.country
    both_regions = (jobs.region != 0) & (candidates.region != 0)
    same_region = both_regions & (jobs.region == candidates.region)
    reachable = measured & (square_km <= COMMUTE_KM**2)
    at_home = same_country | (reachable & ((jobs.moves_freely & candidates.moves_freely) != 0))

    floor = np.where(same_region, FLOOR_IN_REGION, FLOOR_IN_COUNTRY)
    part = square_km / HALF_WAY_KM**2
    by_distance = floor + (100.0 - floor) / (1.0 + part * part)
    by_name = np.where(
        same_region, ONLY_REGION_KNOWN, np.where(both_regions, OTHER_REGION, ONLY_COUNTRY_KNOWN)
    )
    score = np.where(measured, by_distance, by_name)
    gain = WOULD_MOVE_GAINS * np.maximum(WOULD_MOVE_TO - score, 0.0)
    score = score + np.where(would_move & (score < WOULD_MOVE_TO), gain, 0.0)
    score = np.where(at_home, score, np.where(would_move, ABROAD_WOULD_MOVE, ABROAD))

    nearness = np.where(same_region & ~(measured & (square_km > REGION_KM**2)), _REGION, _COUNTRY)
    nearness = np.where(reachable, _COMMUTABLE, nearness)
    nearness = np.where(measured & (square_km <= SAME_CITY_KM**2), _CITY, nearness)
    nearness = np.where(at_home, nearness, _ABROAD)
    too_far = measured & (square_km > REACH_KM**2) & ~would_move
    cap = np.where(at_home, np.where(too_far, _CAP_REACH, _NONE), _CAP_ABROAD)

    known = (jobs.country != 0) & (candidates.country != 0)
    return np.where(known, _packed(score, nearness, cap), _packed(NOT_KNOWN, _UNKNOWN, _NONE))


def _within(job: JobPlace, candidates: CandidatePlaces) -> Ints:
    """Packed, of a job without sites."""
    limits = job.limits
    sites = candidates.sites
    count = len(sites.country)
    if limits == Limits():
        alike = _packed(REMOTE, _REMOTE, _NONE) if job.is_remote else _packed(NOT_KNOWN, _UNKNOWN, _NONE)
        return np.full(count, alike)
    in_country = np.isin(sites.country, np.array(limits.countries, dtype=np.int64))
    in_region = np.isin(sites.region, np.array(limits.regions, dtype=np.int64))
    parted = np.array([country_of(region) for region in limits.regions], dtype=np.int64)
    beside_region = np.isin(sites.country, parted)
    anywhere = not (limits.countries or limits.regions)
    inside = _packed(REMOTE, _REMOTE, _NONE) if job.is_remote else _packed(NOT_KNOWN, _UNKNOWN, _NONE)

    found = np.full(count, _packed(ABROAD, _ABROAD, _CAP_ABROAD))
    found[beside_region] = _packed(OUTSIDE_PART, _COUNTRY, _NONE)
    found[beside_region & (sites.region == 0)] = _packed(PART_NOT_KNOWN, _COUNTRY, _NONE)
    found[in_country | in_region | anywhere] = inside
    if limits.zones:
        west, east = limits.zones
        outside = (candidates.zones[:, 1] < west) | (candidates.zones[:, 0] > east)
        found[outside] = np.minimum(found[outside], _packed(OUTSIDE_ZONES, _ABROAD, _CAP_REACH))
    found[sites.country == 0] = _packed(NOT_KNOWN, _UNKNOWN, _NONE)
    return found


def _sites(sites: Sequence[Site | None]) -> _Sites:
    countries = [site.country if site else 0 for site in sites]
    return _Sites(
        country=np.array(countries, dtype=np.int64),
        region=np.array([site.region if site else 0 for site in sites], dtype=np.int64),
        moves_freely=np.array([_MOVES_FREELY.get(country, 0) for country in countries], dtype=np.int64),
        position=np.array([(site and site.position) or (0, 0, 0) for site in sites], dtype=np.int64).reshape(
            -1, 3
        ),
        has_position=np.array([bool(site and site.position) for site in sites], dtype=np.bool_),
    )


def _packed(score: Floats | float, nearness: Ints | int, cap: Ints | int) -> Ints:
    """In one number, of which the greater is the better, so that the best of several sites is its maximum."""
    tenths = np.floor(np.asarray(score) * 10.0 + 0.5).astype(np.int64)
    return (tenths * 16 + nearness) * 4 + cap


def _unpacked(packed: Ints) -> Fits:
    return Fits(scores=(packed // 64) / 10.0, nearness=packed // 4 % 16, caps=packed % 4)
