"""Keys by which the skill index finds who lives near, too: plain equality of keys does for places as well.

A place has the key of its country, and that of the cube of space that it is in; near to a job's site are the
cubes about its own, 100 km each way.
"""

from collections.abc import Iterator
from itertools import product

from hotgigs.matcher.scoring.places import CandidatePlace, JobPlace, Site

_MARK = "@"
"""No skill's key begins with it."""
_EDGE = 1000
"""Of a cube, in the hundreds of metres of a `Position`."""


def keys_of_candidate(place: CandidatePlace) -> tuple[str, ...]:
    return () if place.site is None else tuple(dict.fromkeys((*_country(place.site), *_cubes(place.site, 0))))


def keys_of_job(place: JobPlace) -> tuple[str, ...]:
    """None for what may be done from anywhere."""
    limits = (f"{_MARK}{country}" for country in place.limits.countries)
    sites = (key for site in place.sites for key in (*_country(site), *_cubes(site, 1)))
    return tuple(dict.fromkeys((*limits, *sites)))


def is_place(key: str) -> bool:
    return key.startswith(_MARK)


def _country(site: Site) -> Iterator[str]:
    yield f"{_MARK}{site.country}"


def _cubes(site: Site, around: int) -> Iterator[str]:
    if site.position is None:
        return
    middle = [coordinate // _EDGE for coordinate in site.position]
    steps = range(-around, around + 1)
    for step in product(steps, steps, steps):
        yield _MARK + ",".join(str(at + by) for at, by in zip(middle, step, strict=True))
