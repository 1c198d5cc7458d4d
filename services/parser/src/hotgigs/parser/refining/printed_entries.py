"""Entries of lists, each found at one place of the document, and lists of them put together.

An entry that a model tells of is taken only where the document prints it: its key (a job's dates, a
degree, a certificate's name) gives the place, and every other field must be printed near. An entry that
was found here at the same place is corrected field by field. None is ever removed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Generic, TypeVar

import msgspec
from msgspec import Struct

from hotgigs.parser.dates import PartialDate
from hotgigs.parser.refining.printed_text import Found, PrintedText
from hotgigs.parser.separators import trimmed

NEAR_LINES = 4
"""Between a key and what belongs to it: as many header lines as jobs and degrees have, and one."""

T = TypeVar("T", bound=Struct)


class Placed(Struct, Generic[T], frozen=True):
    """``keys`` are the places of what the entry is known by, weightiest first, None for what it lacks."""

    keys: tuple[Found | None, ...]
    entry: T

    @property
    def begin(self) -> int:
        return next(key.begin for key in self.keys if key)

    def is_at(self, other: "Placed[T]") -> bool:
        """Do the weightiest keys that both have overlap?"""
        shared = ((own, its) for own, its in zip(self.keys, other.keys, strict=True) if own and its)
        return any(own.begin < its.end and its.begin < own.end for own, its in islice(shared, 1))


def value_near(value: str | None, line: int, text: PrintedText, lines: range | None = None) -> str | None:
    """As printed nearest to ``line``, within its section, ``lines`` and `NEAR_LINES`; None where not."""
    found = found_near(value, line, text, lines)
    return text.printed(found) if found else None


def found_near(value: str | None, line: int, text: PrintedText, lines: range | None = None) -> Found | None:
    value = trimmed(value or "")
    near = [
        one
        for one in text.find(value)
        if abs(one.line - line) <= NEAR_LINES
        and text.same_section(one.line, line)
        and (lines is None or (one.line in lines and one.last_line in lines))
    ]
    return text.nearest(near, value, line)


def agrees(said: str | None, printed: PartialDate | None) -> bool:
    """The same year, and the same month unless one of them has none. ``said`` is ``YYYY-MM`` or ``YYYY``."""
    if said is None or printed is None:
        return False
    year, month, *_ = (*said.strip().split("-"), "")
    if year != f"{printed.year:04d}":
        return False
    return not month or printed.month is None or month.zfill(2) == f"{printed.month:02d}"


def date_near(said: str | None, line: int, text: PrintedText) -> str | None:
    """The date printed nearest to ``line`` that agrees, as far as it is printed."""
    near = [
        (abs(number - line), str(date))
        for number, period in text.periods
        if abs(number - line) <= NEAR_LINES and text.same_section(number, line)
        for date in (period.end, period.start)
        if date is not None and agrees(said, date)
    ]
    return min(near, default=(0, None))[1]


def put_together(
    local: Sequence[T],
    places: Mapping[int, Placed[T]],
    said: Iterable[Placed[T]],
    correct: Callable[[T, T], T],
) -> tuple[T, ...]:
    """The local entries in their order, each corrected by the first one said of its place; new ones stand
    before the first that is printed after them. ``places`` has the local ones' by their index."""
    entries = [(places.get(index), entry) for index, entry in enumerate(local)]
    settled: list[Placed[T]] = []
    for new in sorted(said, key=lambda one: one.begin):
        if any(new.is_at(one) for one in settled):
            continue
        settled.append(new)
        at = next((n for n, (place, _) in enumerate(entries) if place and new.is_at(place)), None)
        if at is not None:
            entries[at] = (entries[at][0], correct(entries[at][1], new.entry))
        else:
            later = (n for n, (place, _) in enumerate(entries) if place and place.begin > new.begin)
            entries.insert(next(later, len(entries)), (new, new.entry))
    return tuple(entry for _, entry in entries)


def with_values(local: T, said: T, fields: Iterable[str]) -> T:
    """The local entry with those of the ``fields`` that ``said`` has a value for."""
    values = {name: value for name in fields if (value := getattr(said, name))}
    return msgspec.structs.replace(local, **values)
