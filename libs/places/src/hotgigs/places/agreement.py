"""How places of one text stand to each other."""

from hotgigs.places.distance import km_between, position_of
from hotgigs.places.geography import Named, Spot

_NEAR_KM = 60


def agreement(spot: Spot, named: Named) -> float:
    """How well a place fits to another that is named beside it, in powers of ten of people; 0 where not."""
    around = named.spot
    if around.country != spot.country:
        return 0.0
    if around.kind == "country":
        return 7.0 if named.called == "short" else 10.0
    if around.kind == "region" and spot.kind in {"town", "district"}:
        return 10.0 if around.region == spot.region else 0.0
    if spot.kind == "country" or around.kind == "region" or not covers(around, spot):
        return 0.0
    if around.kind == "district":
        return 8.0
    return 2.0 if around.population > spot.population else 0.0


def covers(around: Spot, spot: Spot) -> bool:
    """Is the place near the middle of the other, for how large that is?"""
    reach = max(_NEAR_KM, 2 * around.spread_km)
    one, other = (position_of(each.latitude, each.longitude) for each in (around, spot))
    return km_between(one, other) <= reach


def contains(around: Spot, spot: Spot) -> bool:
    """Is the place in that region or country?"""
    return around.country == spot.country and (
        (around.kind == "country" and spot.kind != "country")
        or (around.kind == "region" and around.region == spot.region and spot.kind != "region")
    )


def dwarfs(city: Spot, town: Spot) -> bool:
    """Beside a city's name, that of a far smaller and far away town is rather one of its quarters'."""
    return (
        city.kind == town.kind == "town"
        and city.country == town.country
        and city.population > 10 * town.population
    )
