"""Which rows of an education section make one entry.

The cheapest way to part the rows is taken: an entry has one degree, one school and one date, and
entries of a section begin alike.
"""

from collections.abc import Iterator, Sequence

from hotgigs.parser.education_rows import Row

_MAX_ROWS = 14
"""Of one entry."""
_MAX_SECTION_ROWS = 200

# What speaks against an entry, each as much as its size.
_ENTRY = 0.3
_SECOND_DEGREE = 2.5
_SECOND_INSTITUTION = 2.0
_SECOND_DATE = 1.6
_SECOND_GRADE = 1.5
_NO_DEGREE = 0.9
_NO_INSTITUTION = 0.8
_INHERITED_INSTITUTION = 0.3
_NO_DATE = 0.3
_NAMELESS = 4.0
_BEGINS_WITH_DETAIL = 4.0
_BEGINS_OTHERWISE = 1.0
_BEGINS_CLOSE = 0.7
_LOOKS_OTHERWISE = 1.0
_LOOKS_LIKE_BEGIN = 1.0

_NAMES = ("degree", "institution", "date", "unknown", "field")


def entries_of(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """The rows of one entry after the other."""
    rows = rows[:_MAX_SECTION_ROWS]
    first = next((row for row in rows if _opening(row) in _NAMES), None)
    if first is None:
        return
    begin_costs = [_begin_cost(row, first) for row in rows]
    inner_costs = [_inner_cost(row, first) for row in rows]
    best = [0.0] + [float("inf")] * len(rows)
    origin = [0] * (len(rows) + 1)
    for begin in range(len(rows)):
        counts = dict.fromkeys(
            ("degree", "institution", "unit", "date", "grade", "unknown", "field", "place", "detail"), 0
        )
        inside = begin_costs[begin] if begin else 0.0
        for end in range(begin + 1, min(begin + _MAX_ROWS, len(rows)) + 1):
            row = rows[end - 1]
            if end - 1 > begin:
                if row.whole or rows[begin].whole:
                    break
                inside += inner_costs[end - 1]
            for part in row.parts:
                counts[part.kind] += 1
            cost = best[begin] + inside + _entry_cost(counts, _opening(first), begin)
            if cost < best[end]:
                best[end], origin[end] = cost, begin
    bounds = [len(rows)]
    while bounds[-1]:
        bounds.append(origin[bounds[-1]])
    for begin, end in zip(bounds[:0:-1], bounds[-2::-1], strict=True):
        yield rows[begin:end]


def _opening(row: Row) -> str:
    """What kind of part the row begins with."""
    kind = next((part.kind for part in row.parts), "detail")
    return "institution" if kind == "unit" else kind


def _begin_cost(row: Row, first: Row) -> float:
    if row.whole:
        return 0.0
    opening = _opening(row)
    cost = 0.0
    if opening not in _NAMES:
        cost += _BEGINS_WITH_DETAIL
    elif opening != _opening(first):
        cost += _BEGINS_OTHERWISE / 2 if "unknown" in (opening, _opening(first)) else _BEGINS_OTHERWISE
    if row.look != first.look:
        cost += _LOOKS_OTHERWISE
    if row.apart is False:
        cost += _BEGINS_CLOSE
    return cost


def _inner_cost(row: Row, first: Row) -> float:
    cost = 0.0
    if row.look == first.look and _opening(row) == _opening(first) != "detail":
        cost += _LOOKS_LIKE_BEGIN
    if row.apart:
        cost += _BEGINS_CLOSE
    return cost


def _entry_cost(counts: dict[str, int], opening: str, begin: int) -> float:
    cost = _ENTRY
    names = counts["degree"] + counts["institution"] + counts["unit"]
    others = counts["unknown"] + counts["field"]
    if not names:
        cost += _NO_DEGREE if others and counts["date"] else _NAMELESS
    if not counts["degree"]:
        cost += _NO_DEGREE / 2 if others else _NO_DEGREE
    if not counts["institution"] and not counts["unit"]:
        inherits = opening == "institution" and begin
        cost += _INHERITED_INSTITUTION if inherits or others else _NO_INSTITUTION
    if not counts["date"]:
        cost += _NO_DATE
    cost += _SECOND_DEGREE * max(0, counts["degree"] - 1) + _SECOND_INSTITUTION * max(
        0, counts["institution"] - 1
    )
    return cost + _SECOND_DATE * max(0, counts["date"] - 1) + _SECOND_GRADE * max(0, counts["grade"] - 1)
