"""The jobs of an experience section, each with its header lines and what is told of it.

A job is anchored by the line that prints its dates. Header lines may stand before it, after it, or
both; what is told of it follows, as list items or paragraphs.
"""

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from hotgigs.parser.dates import Period, find_periods, is_only_dates
from hotgigs.parser.document import Line
from hotgigs.parser.passages import runs_over
from hotgigs.parser.separators import bullet_text
from hotgigs.parser.telling import has_range, telling_lines

_MAX_HEADER_LINES = 3


class Job(Struct, frozen=True):
    """``header`` in printed order, the line with the dates among it; ``told`` is everything else."""

    header: tuple[Line, ...]
    period: Period
    told: tuple[Line, ...]


class _Between(Struct, frozen=True):
    """The lines between the dates of one job and those of the next, each put to its place."""

    after: list[Line]
    """Header lines of the job before."""
    told: list[Line]
    before: list[Line]
    """Header lines of the job that follows."""


def split_jobs(lines: Sequence[Line]) -> list[Job]:
    """Jobs in printed order; none where no line has dates."""
    lines = _with_whole_headers(lines)
    tells = telling_lines(lines)
    anchors = _anchors(lines, tells)
    if not anchors:
        return []
    first = anchors[0]
    lead = min(tells[:first].count(False), _MAX_HEADER_LINES)
    jobs = []
    before = lines[first - lead : first]
    for anchor, following in zip(anchors, (*anchors[1:], len(lines)), strict=True):
        is_last = following == len(lines)
        between = _divide(lines[anchor + 1 : following], tells[anchor + 1 : following], lead, is_last=is_last)
        header = (*before, lines[anchor], *between.after)
        jobs.append(Job(header, _period(lines[anchor]), tuple(between.told)))
        before = between.before
    return jobs


def _anchors(lines: Sequence[Line], tells: Sequence[bool]) -> list[int]:
    """The lines with a job's dates: a range, or where there are hardly any, single dates too."""
    ranges = sum(map(has_range, lines))
    return [
        index
        for index, line in enumerate(lines)
        if not tells[index]
        and (has_range(line) or _dates_alone(line) or (ranges < 2 and find_periods(line.text)))
    ]


def _dates_alone(line: Line) -> bool:
    first, *_, last = line.text.split("\t") * 2
    return is_only_dates(first) or is_only_dates(last)


def _divide(lines: list[Line], tells: list[bool], lead: int, *, is_last: bool) -> _Between:
    """``lead`` is how many header lines stand before the first job's dates."""
    lead = 0 if is_last else lead
    if True not in tells:
        own = max(0, len(lines) - lead)
        return _Between(lines[: min(own, _MAX_HEADER_LINES)], lines[_MAX_HEADER_LINES:own], lines[own:])
    after = min(tells.index(True), _MAX_HEADER_LINES)
    end_of_told = len(tells) - tells[::-1].index(True)
    before = len(lines) if is_last else max(end_of_told, len(lines) - _MAX_HEADER_LINES)
    return _Between(lines[:after], lines[after:before], lines[before:])


def _period(line: Line) -> Period:
    periods = find_periods(line.text)
    return next((period for period in periods if period.is_range), periods[0])


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
    if not line.page or "|" not in before.text:
        return False
    if (before.font_size, before.weight) != (line.font_size, line.weight):
        return False
    if bullet_text(before.text) is not None or bullet_text(line.text) is not None:
        return False
    return runs_over(before, line, margin)
