"""Lines that print a period and yet tell of a job: ``Chaired the board from 2019 to 2021.``

The headers of a section print their dates alike: behind the same mark, with or without months, in one
look. A line that differs in several of these, or prints its dates in running text, heads no job.
"""

import re
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from hotgigs.parser.dates import Period, find_periods
from hotgigs.parser.document import Line
from hotgigs.parser.header_likeness import company_likeness, title_likeness
from hotgigs.parser.header_pieces import pieces_of, text_of

_MARKS = ",;:|·•–—-\t([.@/"
_GAP = re.compile(r"\t|\s{3}")
_LIKELY = 1.5
_TOO_DIFFERENT = 2.0
_SENTENCE_END = re.compile(r"[^\W\d_]{3}[)%]?\.$|\d\.$")


class _Setting(Struct, frozen=True):
    """How a line prints its period."""

    lead: str
    """The mark before it; empty at the begin of the line, ``a`` in running text."""
    is_closed: bool
    """Is there nothing after it but other marks?"""
    has_month: bool
    look: tuple[float, int, bool]


def told_periods(lines: Sequence[Line], anchors: Sequence[int]) -> frozenset[int]:
    """Those of the ``anchors``, lines with a period, that are unlike most of them."""
    settings = {index: _setting(lines[index]) for index in anchors}
    if len(settings) < 2:
        return frozenset()
    counts = Counter(settings.values())
    usual = max(settings.values(), key=counts.__getitem__)
    return frozenset(
        index
        for index, setting in settings.items()
        if not _GAP.search(lines[index].text)
        if setting != usual and _difference(setting, usual, lines[index]) >= _TOO_DIFFERENT
    )


def _difference(setting: _Setting, usual: _Setting, line: Line) -> float:
    difference = 0.0
    if setting.lead != usual.lead:
        difference += 2.0 if setting.lead == "a" else 1.0
    difference += setting.is_closed != usual.is_closed
    difference += setting.has_month != usual.has_month
    difference += setting.look != usual.look
    return difference - 1.0 if _names_job(line) else difference


def _names_job(line: Line) -> bool:
    texts = [text_of([piece]) for piece in pieces_of([line])]
    return any(max(title_likeness(text), company_likeness(text)) >= _LIKELY for text in texts)


def _setting(line: Line) -> _Setting:
    periods = find_periods(line.text)
    period = next((each for each in periods if each.is_range), periods[0])
    rest = line.text[period.finish :].lstrip(" )]")
    is_closed = not rest or (rest[0] in _MARKS and not _SENTENCE_END.search(line.text))
    has_month = period.start.month is not None
    return _Setting(
        _lead(line.text, period), is_closed, has_month, (line.font_size, line.weight, line.italic)
    )


def _lead(text: str, period: Period) -> str:
    before = text[: period.begin]
    if not before.strip(" ([*"):
        return ""
    if before.endswith("  "):
        return "\t"
    mark = before.rstrip(" ")[-1]
    return mark if mark in _MARKS else "a"
