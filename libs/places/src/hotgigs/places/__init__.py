"""Places of the world by name: where they are, and how near to each other."""

from hotgigs.places.distance import Position, km_between, position_of
from hotgigs.places.geography import PlaceKind, Spot
from hotgigs.places.locate import locate, locate_each
from hotgigs.places.scope import ANYWHERE, Scope, scope_in, scope_of

__all__ = [
    "ANYWHERE",
    "PlaceKind",
    "Position",
    "Scope",
    "Spot",
    "km_between",
    "locate",
    "locate_each",
    "position_of",
    "scope_in",
    "scope_of",
]
