"""Parts of a PDF page that are read before its columns are told: rows of tables, and boxes."""

import re
from collections.abc import Callable, Sequence

import msgspec

from hotgigs.parser.document import Line
from hotgigs.parser.extraction.pdf_columns import rows
from hotgigs.parser.extraction.pdf_fragments import Block, Fragment
from hotgigs.parser.organisations import ends_with_legal_form
from hotgigs.parser.passages import joined
from hotgigs.parser.places import is_place
from hotgigs.parser.separators import bullet_text

_MAX_INSET = 12.0
"""Points between the edge of a cell or box and its text."""

_MARKS = re.compile(r"[,;/|•·]\s")
_MIN_MARKS = 2

LineOf = Callable[[list[Fragment]], Line]


def block(lines: Sequence[Line], like: Fragment, edges: tuple[float, float, float, float]) -> Block:
    """``edges``: x0, y0, x1, y1."""
    x0, y0, x1, y1 = edges
    return Block(
        text=lines[0].text if lines else "",
        x0=x0,
        y0=y0,
        x1=x1,
        y1=y1,
        size=like.size,
        bold=like.bold,
        italic=like.italic,
        colour=like.colour,
        baseline=y1,
        lines=tuple(lines),
    )


def with_blocks(
    fragments: Sequence[Fragment], blocks: Sequence[tuple[Sequence[Fragment], Block]]
) -> list[Fragment]:
    """In the given order; a block takes the place of the first of its fragments."""
    block_of = {id(fragment): found for own, found in blocks for fragment in own}
    placed: set[int] = set()
    result: list[Fragment] = []
    for fragment in fragments:
        found = block_of.get(id(fragment), fragment)
        if id(found) not in placed:
            placed.add(id(found))
            result.append(found)
    return result


def paragraphs(
    x0: float, x1: float, fragments: Sequence[Fragment], line_of: LineOf, *, has_headers: bool = False
) -> list[Line]:
    """A line for each paragraph of what stands between two edges.

    ``has_headers``: a full line may stand for itself, unless it is an item or lists several things.
    """
    printed = [line_of(row) for row in rows(fragments)]
    margin = x1 - min(min(line.x0 for line in printed) - x0, _MAX_INSET)
    found: list[Line] = []
    for line in printed:
        if found and _goes_on(found[-1], line, margin, has_headers):
            found[-1] = joined_lines([found[-1], line])
        else:
            found.append(line)
    return found


def joined_lines(lines: Sequence[Line]) -> Line:
    text = lines[0].text
    for line in lines[1:]:
        text = joined(text, line.text)
    return msgspec.structs.replace(lines[0], text=text, x1=lines[-1].x1, y1=lines[-1].y1)


def _goes_on(before: Line, line: Line, margin: float, has_headers: bool) -> bool:
    if bullet_text(line.text) is not None or "\t" in before.text or line.font_size != before.font_size:
        return False
    if bullet_text(before.text) is None and _look(line) != _look(before):
        return False
    if ends_with_legal_form(before.text) and line.text[0].isupper():
        return False
    hyphened = before.text[-1] == "-" and before.text[-2:-1].isalpha()
    if hyphened or line.text[0].islower():
        return True
    stands_alone = has_headers and bullet_text(before.text) is None
    if stands_alone and len(_MARKS.findall(before.text)) < _MIN_MARKS:
        return False
    return not ("," in line.text and is_place(line.text)) and _runs_over(before, line, margin)


def _look(line: Line) -> tuple[int, bool, int]:
    return line.weight, line.italic, line.colour


def _runs_over(before: Line, line: Line, margin: float) -> bool:
    """Would the next line's first word, with a space before it, not have fitted?"""
    chars = len(line.text.split(None, 1)[0]) + 1
    return margin - before.x1 < chars * (line.x1 - line.x0) / len(line.text)
