"""The drawn lines of a PDF page, and the cells that they make."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

_MAX_CONTENT = 1_000_000
"""Bytes of what draws the page: more is a picture."""
_MAX_LINES = 400
_THIN = 2.5
"""Points: a filled rectangle so narrow is a line."""
_TOUCHES = 3.0
"""Points by which lines that meet may miss each other."""
_MIN_LENGTH = 6.0


class Ruling(NamedTuple):
    """A line ``at`` a height (horizontal) or a distance from the left (vertical); points."""

    at: float
    begin: float
    end: float


class Rulings(NamedTuple):
    horizontal: tuple[Ruling, ...] = ()
    vertical: tuple[Ruling, ...] = ()


class Cell(NamedTuple):
    x0: float
    y0: float
    x1: float
    y1: float
    top: Ruling
    """Which goes on over all cells of the row."""

    def meets(self, other: "Cell") -> bool:
        """Do both stand in one row?"""
        return self.top == other.top and abs(self.y1 - other.y1) <= _TOUCHES


def drawings_of(page: Any) -> list[dict[str, Any]]:
    """Of a `pymupdf.Page`; none where it is a picture made of lines."""
    return [] if len(page.read_contents()) > _MAX_CONTENT else page.get_cdrawings()


def rulings(drawings: Iterable[dict[str, Any]]) -> Rulings:
    """None where there is no table's worth of them, or far more."""
    horizontal: list[Ruling] = []
    vertical: list[Ruling] = []
    for x0, y0, x1, y1 in _strokes(drawings):
        if abs(y1 - y0) <= _THIN < abs(x1 - x0):
            horizontal.append(Ruling((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) <= _THIN < abs(y1 - y0):
            vertical.append(Ruling((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    found = Rulings(tuple(_merged(horizontal)), tuple(_merged(vertical)))
    if len(found.horizontal) < 2 or not found.vertical or sum(map(len, found)) > _MAX_LINES:
        return Rulings()
    return found


def _strokes(drawings: Iterable[dict[str, Any]]) -> Iterator[tuple[float, float, float, float]]:
    for drawing in drawings:
        outlined = "s" in drawing["type"]
        for item in drawing["items"]:
            if item[0] == "l" and outlined:
                yield (*item[1], *item[2])
            elif item[0] == "re":
                x0, y0, x1, y1 = item[1]
                if min(x1 - x0, y1 - y0) <= _THIN:
                    yield x0, y0, x1, y1
                elif outlined:
                    yield from ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1))


def _merged(lines: Iterable[Ruling]) -> Iterator[Ruling]:
    """Pieces of one line put together."""
    last: Ruling | None = None
    for line in sorted(lines, key=lambda each: (round(each.at), each.begin)):
        if last and round(last.at) == round(line.at) and line.begin <= last.end + _TOUCHES:
            last = Ruling(last.at, last.begin, max(last.end, line.end))
            continue
        if last and last.end - last.begin >= _MIN_LENGTH:
            yield last
        last = line
    if last and last.end - last.begin >= _MIN_LENGTH:
        yield last


def cell_around(x: float, y: float, lines: Rulings) -> Cell | None:
    """The cell that a point stands in; a table may be open at its left and right side."""
    across = [line for line in lines.horizontal if line.begin - _TOUCHES <= x <= line.end + _TOUCHES]
    top = max((line for line in across if line.at <= y), default=None)
    bottom = min((line for line in across if line.at > y), default=None)
    if top is None or bottom is None:
        return None
    whole = [
        line.at
        for line in lines.vertical
        if line.begin <= top.at + _TOUCHES and line.end >= bottom.at - _TOUCHES
    ]
    left = max((at for at in whole if at <= x), default=None)
    right = min((at for at in whole if at > x), default=None)
    if left is None and abs(top.begin - bottom.begin) <= _TOUCHES:
        left = top.begin
    if right is None and abs(top.end - bottom.end) <= _TOUCHES:
        right = top.end
    if left is None or right is None:
        return None
    return Cell(left, top.at, right, bottom.at, top)


def rows_of(cells: Iterable[Cell]) -> list[list[Cell]]:
    """Cells that stand side by side; rows from the top, each from the left."""
    found: list[list[Cell]] = []
    for cell in sorted(cells, key=lambda each: (round(each.y0), each.x0)):
        if found and found[-1][-1].meets(cell):
            found[-1].append(cell)
        else:
            found.append([cell])
    return found
