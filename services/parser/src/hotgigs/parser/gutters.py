"""Periods that run over two lines, in a narrow column at a side or behind a label for each end."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from hotgigs.parser.dates import Period, begins_with_date, find_periods, is_only_dates
from hotgigs.parser.document import Line
from hotgigs.parser.vocabulary import any_of, load

_ENDS = load("labels")["period"]
_BEGIN = re.compile(rf"{any_of(_ENDS['begin'])}\s?\t?:\s?\t?(?=\S)", re.IGNORECASE)
_END = re.compile(rf"{any_of(_ENDS['end'])}\s?\t?:\s?\t?(?=\S)", re.IGNORECASE)
_MAX_WORDS = 4
_MAX_CHARS = 40


def with_whole_periods(lines: Sequence[Line]) -> list[Line]:
    """``2017 –  Engineer`` above ``2021  Acme`` is ``2017 – 2021  Engineer`` above ``Acme``."""
    found: list[Line] = []
    for line in lines:
        labelled = _labelled(found[-1].text, line.text) if found else None
        if labelled is not None:
            found[-1] = msgspec.structs.replace(found[-1], text=labelled)
            continue
        at_right = joined_at_right(found[-1].text, line.text) if found else None
        if at_right is not None:
            found[-1] = msgspec.structs.replace(found[-1], text=at_right[0])
            if at_right[1]:
                found.append(msgspec.structs.replace(line, text=at_right[1]))
            continue
        if found and begins_with_date(found[-1].text) and _may_end_period(found[-1].text, line.text):
            whole = _joined(found[-1].text, line.text)
            if whole is not None:
                found[-1] = msgspec.structs.replace(found[-1], text=whole[0])
                if whole[1]:
                    found.append(msgspec.structs.replace(line, text=whole[1]))
                continue
        found.append(line)
    return found


def _may_end_period(upper: str, lower: str) -> bool:
    """``to date`` below ``March 2019``."""
    return begins_with_date(lower) or (is_only_dates(upper) and len(lower.partition("\t")[0]) <= _MAX_CHARS)


def _labelled(upper: str, lower: str) -> str | None:
    """The period whose ends are labelled on lines of their own."""
    begin, end = _BEGIN.match(upper), _END.match(lower)
    if begin is None or end is None:
        return None
    text = f"{upper[begin.end() :].strip()} – {lower[end.end() :].strip()}"
    periods = find_periods(text)
    return text if periods and periods[0].is_range and periods[0].finish == len(text) else None


def _joined(upper: str, lower: str) -> tuple[str, str] | None:
    """Both texts with the whole period in the upper one; None where they do not print one together."""
    first = find_periods(upper)[:1]
    if first and first[0].is_range and not first[0].begin and upper[first[0].finish - 1].isalnum():
        return None
    for begin, rest in _heads(upper):
        if any(period.end for period in find_periods(begin)):
            continue
        for end, below in _heads(lower):
            text = f"{begin} {end}"
            periods = find_periods(text)
            if (
                periods
                and (periods[0].begin, periods[0].finish) == (0, len(text))
                and periods[0].is_range
                and not _ends_before_begin(periods[0])
            ):
                return f"{text}\t{rest}".strip(), below
    return None


def joined_at_right(upper: str, lower: str) -> tuple[str, str] | None:
    """``Acme\tMay 2015 –`` above ``Engineer\t2019`` as ``Acme\tMay 2015 – 2019`` above ``Engineer``."""
    above, mark, begin = upper.rpartition("\t")
    below, _, end = lower.rpartition("\t")
    if not mark or not above.strip() or len(begin) > _MAX_CHARS or len(end) > _MAX_CHARS:
        return None
    if any(period.is_range and period.finish < len(begin) - 1 for period in find_periods(begin)):
        return None
    text = f"{begin.strip()} {end.strip()}"
    periods = find_periods(text)
    if len(periods) != 1 or not periods[0].is_range or _ends_before_begin(periods[0]):
        return None
    if periods[0].begin or periods[0].finish < len(text) or find_periods(begin) == periods:
        return None
    return f"{above}\t{text}", below.strip()


def _ends_before_begin(period: Period) -> bool:
    """As where two rows of a table are taken for one."""
    return period.end is not None and str(period.end)[:4] < str(period.start)[:4]


def _heads(text: str) -> Iterator[tuple[str, str]]:
    """What may stand in the narrow column, and what beside it."""
    head, mark, rest = text.partition("\t")
    if mark and len(head) <= _MAX_CHARS:
        yield head.strip(), rest.strip()
    words = text[:_MAX_CHARS].split(" ")
    for count in range(min(_MAX_WORDS, len(words)), 0, -1):
        head = " ".join(words[:count])
        if "\t" not in head:
            yield head, text[len(head) :].strip()
