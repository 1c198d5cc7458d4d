"""The jobs of an experience section, each with its header lines and what is told of it.

A job is anchored by the line that prints its dates. Header lines may stand before it, after it, or
both; what is told of it follows, as list items or paragraphs.
"""

import re
from collections import Counter
from collections.abc import Sequence

import msgspec
from msgspec import Struct

from hotgigs.parser.dates import Period, find_periods, is_only_dates
from hotgigs.parser.document import Line
from hotgigs.parser.passages import runs_over
from hotgigs.parser.separators import bullet_text

_MAX_HEADER_LINES = 3
_LONG = 110
"""Characters: a longer line tells of a job and does not head it."""
_INDENT = 2.5
"""Points by which the lines that tell of a job are set in from its header."""
_SENTENCE = re.compile(r"[a-zß-öø-ÿ)%\d][.;]$")


class Job(Struct, frozen=True):
    """``header`` in printed order, the line with the dates among it."""

    header: tuple[Line, ...]
    period: Period
    dated: Line
    told: tuple[Line, ...]


def split_jobs(lines: Sequence[Line]) -> list[Job]:
    """Jobs in printed order; text without dates belongs to the job before it."""
    lines = _with_whole_headers(lines)
    roles = _Roles(lines)
    anchors = [index for index, line in enumerate(lines) if roles.is_anchor(line)]
    if not anchors:
        return []
    first = anchors[0]
    lead = min(sum(not roles.tells(line) for line in lines[:first]), _MAX_HEADER_LINES)
    jobs = []
    before = list(lines[first - lead : first])
    for anchor, following in zip(anchors, (*anchors[1:], len(lines)), strict=True):
        between = lines[anchor + 1 : following]
        is_last = following == len(lines)
        after, told, next_before = _divide(between, roles, 0 if is_last else lead, is_last)
        header = (*before, lines[anchor], *after)
        jobs.append(Job(header, _period(lines[anchor]), lines[anchor], tuple(told)))
        before = next_before
    return jobs


def _with_whole_headers(lines: Sequence[Line]) -> list[Line]:
    """A header line that did not fit on one line of the page is put together again."""
    margin = max((line.x1 for line in lines), default=0.0)
    found: list[Line] = []
    for line in lines:
        before = found[-1] if found else None
        if before is not None and _is_cut_off(before, line, margin):
            found[-1] = msgspec.structs.replace(before, text=f"{before.text} {line.text}", x1=line.x1)
        else:
            found.append(line)
    return found


def _is_cut_off(before: Line, line: Line, margin: float) -> bool:
    if not line.page or "|" not in before.text or (before.font_size, before.weight) != (line.font_size, line.weight):
        return False
    if bullet_text(before.text) is not None or bullet_text(line.text) is not None:
        return False
    return runs_over(before, line, margin)


def _divide(
    between: Sequence[Line], roles: "_Roles", lead: int, is_last: bool
) -> tuple[list[Line], list[Line], list[Line]]:
    """Header lines after a job's dates, what is told of it, and header lines before the next dates."""
    telling = [index for index, line in enumerate(between) if roles.tells(line)]
    if not telling:
        own = max(0, len(between) - lead)
        return (
            list(between[:own][:_MAX_HEADER_LINES]),
            list(between[:own][_MAX_HEADER_LINES:]),
            list(between[own:]),
        )
    after_end = min(telling[0], _MAX_HEADER_LINES)
    before_start = len(between) if is_last else max(telling[-1] + 1, len(between) - _MAX_HEADER_LINES)
    return list(between[:after_end]), list(between[after_end:before_start]), list(between[before_start:])


def _period(line: Line) -> Period:
    periods = find_periods(line.text)
    return next((period for period in periods if period.is_range), periods[0])


class _Roles:
    """What each line is to its job, judged by its text and, on pages, by how far it is set in."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._indent = _indent_of_telling(lines)
        self._ranges = sum(_has_range(line) for line in lines)

    def tells(self, line: Line) -> bool:
        """Is the line part of what is told of a job?"""
        text = line.text
        if line.is_list_item or bullet_text(text) is not None:
            return True
        if self._indent is not None and line.x0 >= self._indent:
            return text[-1] in ".,;" or not is_only_dates(text)
        if line.weight >= 700 or _has_range(line):
            return False
        return len(text) > _LONG or text[0].islower() or (len(text) > 40 and bool(_SENTENCE.search(text)))

    def is_anchor(self, line: Line) -> bool:
        if self.tells(line):
            return False
        periods = find_periods(line.text)
        if not periods:
            return False
        if any(period.is_range for period in periods) or self._ranges < 2:
            return True
        first, *_, last = line.text.split("\t") * 2
        return is_only_dates(first) or is_only_dates(last)


def _has_range(line: Line) -> bool:
    return any(period.is_range for period in find_periods(line.text))


def _indent_of_telling(lines: Sequence[Line]) -> float | None:
    """The left edge from which on lines tell of a job; None where nothing is set in."""
    chars: Counter[int] = Counter()
    for line in lines:
        if line.page:
            chars[round(line.x0)] += len(line.text)
    if len(chars) < 2:
        return None
    edge = chars.most_common(1)[0][0]
    headed = [line for line in lines if line.x0 < edge - _INDENT]
    return edge - _INDENT / 2 if any(find_periods(line.text) for line in headed) or len(headed) > 1 else None
