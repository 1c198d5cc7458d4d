"""What the pieces of a job's header may be, each or several together, and how likely that is."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from hotgigs.parser.header_likeness import (
    company_likeness,
    other_likeness,
    place_key,
    place_likeness,
    title_likeness,
)
from hotgigs.parser.header_pieces import EMPLOYMENT, Piece, text_of

Label = Literal["title", "company", "location", "other"]

_JOINED: Mapping[str, Mapping[str, float]] = {
    "title": {
        "comma": -0.3, "dash": -0.4, "slash": -0.2, "colon": -0.6, "at": -3.0, "in": 0.0, "for": 0.0,
        "bracket": 0.0,
    },
    "company": {
        "comma": -0.4, "dash": -0.9, "slash": -0.5, "colon": -1.0, "at": -2.0, "in": 0.0, "for": 0.0,
        "bracket": 0.0,
    },
    "location": {
        "comma": 0.0, "dash": -0.5, "slash": -0.1, "colon": -2.0, "at": -3.0, "in": -3.0, "for": -3.0,
        "bracket": 0.0,
    },
}  # fmt: skip
"""By label: what it costs to leave a piece with the one before."""
_MAX_RUN = 5
_UNLIKELY = -4.0
_LABELLED = 4.0
_EMPLOYMENT = 0.6
_SAME_COMPANY = 1.5
_SAME_PLACE = 1.5
_PLACE_AS_COMPANY = -1.0


class Run(Struct, frozen=True):
    """Pieces from the ``begin`` of its row to ``end`` under one label."""

    end: int
    label: Label
    likeness: float
    joined: float = 0.0
    """What it costs that they are not parted."""
    name: str = ""
    """By which the same company is known again."""
    place: str = ""
    """By which the same place is known again."""


class Known(Struct, frozen=True):
    """What the other headers of the section have told: `Run.place` and `Run.name` of theirs."""

    places: Collection[str] = frozenset()
    companies: Collection[str] = frozenset()

    def score(self, run: Run) -> float:
        likeness = run.likeness
        if run.label == "location" and likeness < _SAME_PLACE and run.place in self.places:
            likeness += _SAME_PLACE
        elif run.label == "company" and run.name in self.companies:
            likeness = max(likeness, 0.0) + _SAME_COMPANY
        elif run.label == "company" and run.place in self.places:
            likeness += _PLACE_AS_COMPANY
        return likeness + run.joined


def runs_of(pieces: Sequence[Piece]) -> list[list[Run]]:
    """For each piece, the runs that may begin at it."""
    return [list(_runs(pieces, begin)) for begin in range(len(pieces))]


def _runs(pieces: Sequence[Piece], begin: int) -> Iterator[Run]:
    first = pieces[begin]
    if first.label is not None:
        yield from _labelled_runs(pieces, begin, first.label)
        return
    text = text_of([first])
    yield Run(begin + 1, "other", other_likeness(text))
    joined = dict.fromkeys(_JOINED, 0.0)
    for end in range(begin + 1, min(len(pieces), begin + _MAX_RUN) + 1):
        last = pieces[end - 1]
        if last.part != first.part:
            break
        if end > begin + 1:
            text = text_of(pieces[begin:end])
            for label, costs in _JOINED.items():
                joined[label] += costs[last.joint]
        yield Run(end, "title", title_likeness(text), joined["title"])
        place = place_likeness(text)
        if place > _UNLIKELY:
            yield Run(end, "location", place, joined["location"], place=place_key(text))
        key = place_key(text) if place > _UNLIKELY else ""
        yield Run(end, "company", company_likeness(text), joined["company"], text.casefold(), key)


def _labelled_runs(pieces: Sequence[Piece], begin: int, field: str) -> Iterator[Run]:
    """What follows a label is what the label says; a client is the company where no other is named."""
    yield Run(begin + 1, "other", 0.3 if field in ("other", "client", EMPLOYMENT) else -2.0)
    if field == "other":
        return
    if field == EMPLOYMENT:
        yield Run(begin + 1, "title", _EMPLOYMENT)
        return
    label: Label = "company" if field == "client" else field  # type: ignore[assignment]
    likeness = 1.5 if field == "client" else _LABELLED
    joined = 0.0
    for end in range(begin + 1, len(pieces) + 1):
        if pieces[end - 1].part != pieces[begin].part:
            break
        if end > begin + 1:
            joined += _JOINED[label][pieces[end - 1].joint]
        text = text_of(pieces[begin:end])
        yield Run(end, label, likeness, joined, text.casefold(), place_key(text))
