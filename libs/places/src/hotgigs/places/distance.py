"""How far apart places are."""

import math

EARTH_KM = 6371.0088
"""The mean radius."""

Position = tuple[int, int, int]
"""On the mean sphere, in hundreds of metres from its centre: whole numbers, so that a distance is the same
to the digit from both sides and however many are computed at once."""


def position_of(latitude: float, longitude: float) -> Position:
    """Degrees to a position."""
    up, east = math.radians(latitude), math.radians(longitude)
    tenths = EARTH_KM * 10
    return (
        round(tenths * math.cos(up) * math.cos(east)),
        round(tenths * math.cos(up) * math.sin(east)),
        round(tenths * math.sin(up)),
    )


def km_between(one: Position, other: Position) -> float:
    """Through the earth: shorter than along its surface by a thousandth at 1,000 km."""
    return math.dist(one, other) / 10
