"""Who did what for whom: title, company and place in the header lines of a section's jobs.

The jobs of a section are written alike. Each header is read as its own words suggest; then the order of
title and company, the marks between them and their looks that most of the headers have weigh in when all
are read again.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from hotgigs.parser.document import Line
from hotgigs.parser.header_likeness import place_key, title_likeness
from hotgigs.parser.header_paths import NO_COMPANY, NO_TITLE, Habit, Path, habits_of, paths
from hotgigs.parser.header_pieces import Piece, pieces_of, text_of, without_employment
from hotgigs.parser.header_runs import Known, runs_of
from hotgigs.parser.header_towns import with_parted_towns
from hotgigs.parser.places import is_place, is_remote

_FULL_STOP = re.compile(r"[^\W\d_]{5}\.$")
_HABIT = 1.2
"""Weight of what all headers of a section have in common."""
_ORDER = 2.0
"""What it costs to read a header against the order that all others have."""
_UNDER_ONE_COMPANY = -0.4
"""Weight of a missing company where the job before may have printed it."""
_LIKELY = 1.5
_OVER_TITLES = -0.6
"""Weight of a missing title where the next header is one."""
_SHORTER = 0.3
"""Where this header has fewer lines than the one before, too."""


class Header(Struct, frozen=True):
    """``inherits`` where the company is printed with a job before."""

    title: str | None = None
    company: str | None = None
    location: str | None = None
    inherits: bool = False


def read_headers(headers: Sequence[Sequence[Line]]) -> list[Header]:
    """One for each job. A job without a company of its own has that of the job before it."""
    all_pieces = [pieces_of(lines) for lines in with_parted_towns(headers)]
    missing = zip(_without_title(all_pieces), _without_company(all_pieces), strict=True)
    rows = list(zip(all_pieces, map(runs_of, all_pieces), missing, strict=True))
    first = [paths(pieces, runs, Known(), {}, weights) for pieces, runs, weights in rows]
    places = _sure_places(all_pieces, first)
    if places:
        known = Known(places)
        first = [paths(pieces, runs, known, {}, weights) for pieces, runs, weights in rows]
    habits, title_first = _agreed(all_pieces, first)
    named = [_company(pieces, _best(each)) for pieces, each in zip(all_pieces, first, strict=True)]
    found: list[Header] = []
    companies: set[str] = set()
    for index, (pieces, runs, weights) in enumerate(rows):
        others = {name for name in named[index + 1 :] if name}
        read = paths(pieces, runs, Known(places, companies | others), habits, weights)
        path = max(
            read.values(), key=lambda each: each.score - _ORDER * max(0.0, -title_first * each.order())
        )
        header = _header(path, pieces, found[-1] if found else None)
        if header.company:
            companies.add(header.company.casefold())
        found.append(header)
    return found


def _without_company(all_pieces: Sequence[Sequence[Piece]]) -> Iterator[float]:
    """For each header, the weight of a company that it does not name."""
    lines_before = 0
    for index, pieces in enumerate(all_pieces):
        lines = sum(piece.joint == "line" for piece in pieces)
        if not index or len({piece.part for piece in pieces}) > 2:
            yield NO_COMPANY
        else:
            yield _SHORTER if lines < lines_before else _UNDER_ONE_COMPANY
        lines_before = max(lines, lines_before) if lines < lines_before else lines


def _without_title(all_pieces: Sequence[Sequence[Piece]]) -> Iterator[float]:
    """For each header, the weight of a title that it does not name.

    Above a header that is but a title there may be a company and the whole time there.
    """
    named = [[title_likeness(text_of([piece])) for piece in pieces] for pieces in all_pieces]
    for index, titles in enumerate(named):
        following = named[index + 1] if index + 1 < len(named) else []
        is_over_titles = 0 < len(following) < len(titles) + 1 and following[0] >= _LIKELY
        yield _OVER_TITLES if is_over_titles and not any(each >= _LIKELY for each in titles) else NO_TITLE


def _without_brackets(text: str | None) -> str | None:
    return text[1:-1].strip() if text and text[0] == "(" and text[-1] == ")" else text


def _company(pieces: Sequence[Piece], path: Path) -> str | None:
    """In small letters."""
    texts = (text_of(pieces[begin:end]) for begin, end, label in path.runs if label == "company")
    return next((text.casefold() for text in texts), None)


def _best(read: Mapping[int, Path]) -> Path:
    return max(read.values(), key=lambda path: path.score)


def _sure_places(all_pieces: Sequence[Sequence[Piece]], read: Sequence[Mapping[int, Path]]) -> frozenset[str]:
    """Places that are known to be some, or stand where nothing else can: in a part after both others."""
    found = set()
    for pieces, each in zip(all_pieces, read, strict=True):
        path = _best(each)
        labels = [label for _, _, label in path.runs]
        for begin, end, label in path.runs:
            if label != "location":
                continue
            text = text_of(pieces[begin:end])
            whole = "title" in labels and "company" in labels
            if not is_remote(text) and (is_place(text) or whole or pieces[begin].label):
                found.add(place_key(text))
    return frozenset(found)


def _agreed(
    all_pieces: Sequence[Sequence[Piece]], read: Sequence[Mapping[int, Path]]
) -> tuple[dict[Habit, float], float]:
    """The weight of each habit, and -1 to 1 for how sure it is that titles stand before companies."""
    votes: Counter[Habit] = Counter()
    title_first, total = 0.0, 0.0
    for pieces, each in zip(all_pieces, read, strict=True):
        path = _best(each)
        margin = _margin(each)
        title_first += margin
        weight = 0.2 + abs(margin)
        total += weight
        for habit in habits_of(path, pieces):
            votes[habit] += weight  # type: ignore[assignment]
    habits = {habit: _HABIT * weight / total for habit, weight in votes.items()} if total else {}
    return habits, max(-1.0, min(1.0, title_first))


def _margin(read: Mapping[int, Path]) -> float:
    """-1 to 1: how much better the header reads with the title first."""
    if 1 not in read or -1 not in read:
        return float(_best(read).order())
    if _best(read).order() == 0:
        return 0.0
    return max(-1.0, min(1.0, read[1].score - read[-1].score))


def _header(path: Path, pieces: Sequence[Piece], before: Header | None) -> Header:
    values: dict[str, str] = {label: text_of(pieces[begin:end]) for begin, end, label in path.runs}
    title, company, location = (values.get(label) or None for label in ("title", "company", "location"))
    title, company, location = map(_without_brackets, (title, company, location))
    if location and location[-1] == "." and is_place(location):
        location = location[:-1]
    if title and _FULL_STOP.search(title):
        title = title[:-1]
    company = without_employment(company) if company else None
    if company is None and title is not None and before is not None:
        return Header(title, before.company, location or before.location, inherits=True)
    return Header(title, company, location)
