"""The lines of an education section as rows of parts: wrapped lines joined, tables read by their heads."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec
from msgspec import Struct

from hotgigs.parser.bold_names import with_places_apart
from hotgigs.parser.dates import find_periods
from hotgigs.parser.document import Line
from hotgigs.parser.education_parts import Part, could_be_place_part, label_of, labelled_parts, read_parts
from hotgigs.parser.education_words import kind_of, school_in
from hotgigs.parser.gutters import joined_at_right
from hotgigs.parser.passages import joined, runs_over
from hotgigs.parser.separators import bullet_text, dash_parts, trimmed

_Look = tuple[float, int, bool, bool]
_UNFINISHED = re.compile(
    r"(?:[,&(/-]|\s(?:and|of|in|for|the|und|für|der|et|de|du|des|en|y|e|em|da|do|la|und|with|mit|–))$"
)
_LATEST_HEAD = 3
"""A table's heads stand among so many first lines."""
_MAX_WHOLE_CHARS = 300
_WIDER = 1.25
"""Times the narrowest pitch of lines: so far apart begins something new."""


class Row(Struct, frozen=True):
    """``look`` is that of its first line; ``apart`` tells whether it stands apart from the row above,
    None where no rows do. A ``whole`` row is one entry, as in a table."""

    parts: tuple[Part, ...]
    look: _Look
    apart: bool | None = None
    whole: bool = False


def read_rows(lines: Sequence[Line]) -> list[Row]:
    lines = _with_whole_dates(_with_joined_cells(lines))
    for index, line in enumerate(lines[:_LATEST_HEAD]):
        heads = _heads(line.text)
        if heads:
            return [*_plain_rows(lines[:index]), *_table_rows(lines[index + 1 :], heads)]
    return _plain_rows(lines)


def _plain_rows(lines: Sequence[Line]) -> list[Row]:
    whole = _with_wrapped(_unfolded(with_places_apart(lines)))
    items = [line.is_list_item or bullet_text(line.text) is not None for line in whole]
    found = [read_parts(line.text) for line in whole]
    named = [any(part.kind in ("degree", "institution") for part in parts) for parts in found]
    plain_names = any(name and not item for name, item in zip(named, items, strict=True))
    gaps = _gaps(whole)
    rows = []
    for line, parts, item, gap in zip(whole, found, items, gaps, strict=True):
        # Items of a list below degrees tell of courses and theses.
        told = [part for part in parts if part.kind == "grade"] or [Part("detail", line.text)]
        if kept := told if item and plain_names else parts:
            rows.append(Row(tuple(kept), _look(line), gap))
    return rows


def _look(line: Line) -> _Look:
    capitals = line.text.upper() == line.text and line.text.lower() != line.text
    return (round(2 * line.font_size) / 2, line.weight, line.italic, capitals)


def _gaps(lines: Sequence[Line]) -> list[bool | None]:
    pitches = [
        below.y0 - above.y0 if (above.page, above.column) == (below.page, below.column) else 0.0
        for above, below in pairwise(lines)
    ]
    down = [pitch for pitch in pitches if pitch > 0]
    if not down or max(down) <= _WIDER * min(down):
        return [None] * len(lines)
    return [None, *(pitch > _WIDER * min(down) if pitch > 0 else None for pitch in pitches)]


def _heads(text: str) -> list[str] | None:
    """The kinds of the columns, where the text is the heads of a table."""
    cells = [cell for cell in text.split("\t") if cell.strip()]
    labels = [label_of(cell) for cell in cells]
    known = [label for label in labels if label]
    if len(cells) < 2 or len(known) < len(cells) - 1 or not {"degree", "institution"} & set(known):
        return None
    kinds = [label or "other" for label in labels]
    if "degree" not in kinds and "field" in kinds:
        kinds[kinds.index("field")] = "degree"
    seen = Counter[str]()
    for index, kind in enumerate(kinds):
        seen[kind] += 1
        if seen[kind] > 1:
            # Such as the board beside the school.
            kinds[index] = "other"
    return kinds


def _table_rows(lines: Sequence[Line], heads: Sequence[str]) -> list[Row]:
    """A place on a line of its own is in the cell of the school above it."""
    found: list[Row] = []
    for line in lines:
        parts = _cells(line, heads) or read_parts(line.text)
        if found and found[-1].whole and parts and all(map(could_be_place_part, parts)):
            places = tuple(msgspec.structs.replace(part, kind="place") for part in parts)
            found[-1] = msgspec.structs.replace(found[-1], parts=(*found[-1].parts, *places))
        elif parts:
            found.append(Row(tuple(parts), _look(line), None, "\t" in line.text))
    return found


def _cells(line: Line, heads: Sequence[str]) -> list[Part]:
    """What the cells say below their heads; nothing where there are not as many."""
    cells = [cell.strip() for cell in line.text.split("\t")]
    if len(cells) != len(heads):
        return []
    return [
        part for kind, cell in zip(heads, cells, strict=True) if cell for part in labelled_parts(kind, cell)
    ]


def _with_joined_cells(lines: Sequence[Line]) -> list[Line]:
    """Table rows whose cells are lines of their own become lines with tabs."""
    rows: list[list[Line]] = []
    for line in lines:
        above = rows[-1][-1] if rows else None
        if above is not None and not line.page and line.column == above.column + 1 and "\t" not in above.text:
            rows[-1].append(line)
        else:
            rows.append([line])
    widths = Counter(len(row) for row in rows)
    if not any(width > 2 or (width == 2 and count > 1) for width, count in widths.items()):
        return list(lines)
    return [msgspec.structs.replace(row[0], text="\t".join(line.text for line in row)) for row in rows]


def _with_whole_dates(lines: Sequence[Line]) -> list[Line]:
    """A period that a narrow column at the side breaks over two lines is put together."""
    found: list[Line] = []
    for line in lines:
        above = found[-1].text if found else ""
        if mended := _mended(above, line.text) or joined_at_right(above, line.text):
            found[-1] = msgspec.structs.replace(found[-1], text=mended[0])
            if mended[1]:
                found.append(msgspec.structs.replace(line, text=mended[1]))
        else:
            found.append(line)
    return found


_DATE_WORD = r"(?:[\d./]{4,10}|(?:0?[1-9]|1[0-2])|[^\W\d_]{3,9}\.?|['’]\d\d)"
_DATE_HEAD = re.compile(
    rf"(?:{_DATE_WORD}\s){{0,2}}{_DATE_WORD}\s?[‐-―−-](?:\s?[^\W\d_]{{3,9}}\.?(?=\s|$))?(?=\s|$)|[^\W\d_]{{3,9}}\.?(?=\s)"
)
_DATE_TAIL = re.compile(
    r"(?:[^\W\d_]{3,9}\.?\s)?[\d./]{4,10}"
    r"(?:\s?[‐-―−-]\s?(?:[^\W\d_]{3,9}\.?\s)?[\d./]{4,10})?(?=\s|$)"
)

_WORD_BEHIND = re.compile(r"\s?[^\W\d_]{3,9}\.?$")


def _mended(upper: str, lower: str) -> tuple[str, str] | None:
    """Both lines, with the period that begins the upper one and ends at the begin of the lower one."""
    head, tail = _DATE_HEAD.match(upper), _DATE_TAIL.match(lower)
    if (
        head is None
        or tail is None
        or any(period.is_range and not period.begin for period in find_periods(upper))
    ):
        return None
    for begin in (head[0], _WORD_BEHIND.sub("", head[0])):
        period = f"{begin} {tail[0]}"
        found = find_periods(period)
        if len(found) == 1 and not found[0].begin and found[0].finish == len(period) and found[0].is_range:
            return f"{period}\t{upper[len(begin) :].strip()}", lower[tail.end() :].strip()
    return None


def _unfolded(lines: Sequence[Line]) -> list[Line]:
    """Entries that stand side by side, as two degrees above two schools, come one after the other."""
    found: list[Line] = []
    block: list[list[str]] = []
    start = 0
    for index, line in enumerate([*lines, None]):
        cells = line.text.split("\t") if line else []
        if block and (line is None or len(cells) != len(block[0])):
            found += _side_by_side(lines[start:index], block)
            block = []
        if line is None:
            break
        if len(cells) > 1:
            if not block:
                start = index
            block.append(cells)
        else:
            found.append(line)
    return found


def _side_by_side(lines: Sequence[Line], block: Sequence[Sequence[str]]) -> Iterator[Line]:
    if len(block) < 2 or not any(_all_of_one_kind(cells) for cells in block[:2]):
        yield from lines
        return
    for column in range(len(block[0])):
        for line, cells in zip(lines, block, strict=True):
            if cells[column].strip():
                yield msgspec.structs.replace(line, text=cells[column].strip())


def _all_of_one_kind(cells: Sequence[str]) -> bool:
    firsts = {parts[0].kind if (parts := read_parts(cell)) else None for cell in cells}
    return firsts in ({"degree"}, {"institution"})


def _with_wrapped(lines: Sequence[Line]) -> list[Line]:
    """Printed lines put together that one line runs over."""
    margins: dict[int, float] = {}
    for line in lines:
        margins[line.column] = max(margins.get(line.column, 0.0), line.x1)
    found: list[Line] = []
    above: Line | None = None
    for line in lines:
        if above is not None and _wraps(found[-1], above, line, margins[line.column]):
            found[-1] = msgspec.structs.replace(found[-1], text=joined(found[-1].text, line.text))
        else:
            found.append(line)
        above = line
    return found


def _wraps(whole: Line, above: Line, line: Line, margin: float) -> bool:
    """Does the ``whole`` of lines that ends with the one ``above`` go on with this one?"""
    if not line.page or line.is_list_item or bullet_text(line.text) is not None:
        return False
    if len(whole.text) > _MAX_WHOLE_CHARS:
        return False
    if not _look_alike(above, line) or not runs_over(above, line, margin):
        return False
    if _UNFINISHED.search(above.text):
        return True
    return not _ends(above.text) and (_goes_on(whole.text, line.text) or _names_degree_on(whole, line))


def _look_alike(above: Line, line: Line) -> bool:
    """May both be of one paragraph? The rest of a line whose begin is set in bold is not bold."""
    if (line.column, line.font_size) != (above.column, above.font_size):
        return False
    if above.lead:
        return line.weight == 400
    return (line.weight, line.italic) == (above.weight, above.italic)


def _names_degree_on(whole: Line, line: Line) -> bool:
    """Does a degree go on that stands behind a school set in bold? Another entry would begin in bold."""
    if not whole.lead or line.lead:
        return False
    halves = dash_parts(whole.text)
    if len(halves) < 2 or school_in(halves[-1]):
        return False
    return all(part.kind in ("degree", "field", "unknown") for part in read_parts(line.text))


def _ends(text: str) -> bool:
    """With a date, or with something set apart at the right."""
    cells = text.split("\t")
    if len(cells) > 1 and not (len(cells) == 2 and find_periods(cells[0])):
        return True
    periods = find_periods(text)
    return bool(periods) and periods[-1].finish >= len(text) - 1


def _goes_on(whole: str, text: str) -> bool:
    below = read_parts(text)
    if not below:
        return kind_of(trimmed(text) or "-") != "honours"
    if below[0].kind in ("date", "grade", "degree", "institution", "detail"):
        return text[0].islower() and below[0].kind not in ("date", "grade")
    if not all(could_be_place_part(part) for part in below):
        return True
    parts = read_parts(whole)
    return bool(parts) and parts[-1].kind == "degree"
