"""Which lines of a section tell of a job, and which head it.

Told of by the marks of lists, by how far lines are set in, and by how they read.
"""

import re
from collections import Counter
from collections.abc import Sequence

from hotgigs.parser.dates import find_periods, is_only_dates
from hotgigs.parser.document import Line
from hotgigs.parser.organisations import ends_with_legal_form
from hotgigs.parser.passages import runs_over
from hotgigs.parser.separators import bullet_text

_LONG = 110
"""Characters: a longer line tells of a job and does not head it."""
_MIN_SENTENCE_WORDS = 4
_INDENT = 2.5
"""Points by which the lines that tell of a job are set in from its header."""
_SENTENCE_END = re.compile(r"[^\W_A-Z][)%]?[.;]$|\d[.;]$")
_MIN_MARKED = 2


def telling_lines(lines: Sequence[Line]) -> list[bool]:
    """For each line, whether it tells of a job."""
    marked = [line.is_list_item or bullet_text(line.text) is not None for line in lines]
    is_marked = sum(marked) >= _MIN_MARKED
    indent = None if is_marked else _indent_of_telling(lines)
    margin = max((line.x1 for line in lines), default=0.0)
    found: list[bool] = []
    for index, line in enumerate(lines):
        before = lines[index - 1] if index and found[-1] else None
        if marked[index] or (is_marked and before and _goes_on(before, line, margin, marked[index - 1])):
            found.append(True)
        elif indent is not None and line.x0 >= indent:
            found.append(line.text[-1] in ".,;" or not is_only_dates(line.text))
        else:
            found.append(_reads_as_told(line))
    return found


def _goes_on(before: Line, line: Line, margin: float, before_is_marked: bool) -> bool:
    """Is the line the rest of the item that the line before began?"""
    if not line.page or line.weight != before.weight or has_range(line):
        return False
    if before_is_marked and line.page == before.page and line.x0 > before.x0 + _INDENT:
        return True
    return line.text[0].islower() or runs_over(before, line, margin)


def _reads_as_told(line: Line) -> bool:
    text = line.text
    if line.weight >= 700 or has_range(line):
        return False
    if len(text) > _LONG or text[0].islower():
        return True
    is_sentence = text.count(" ") >= _MIN_SENTENCE_WORDS - 1 and bool(_SENTENCE_END.search(text))
    return is_sentence and not ends_with_legal_form(text)


def has_range(line: Line) -> bool:
    """Does the line print a period, from when until when?"""
    return any(period.is_range for period in find_periods(line.text))


def _indent_of_telling(lines: Sequence[Line]) -> float | None:
    """The left edge (points) from which on lines tell of a job; None where nothing is set in."""
    chars: Counter[int] = Counter()
    for line in lines:
        if line.page:
            chars[round(line.x0)] += len(line.text)
    if len(chars) < 2:
        return None
    edge = chars.most_common(1)[0][0]
    heads = [line for line in lines if line.x0 < edge - _INDENT]
    return edge - _INDENT / 2 if len(heads) > 1 or any(find_periods(line.text) for line in heads) else None
