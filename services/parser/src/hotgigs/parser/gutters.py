"""Periods that a narrow column at the left breaks: what stands beside them is put in order again."""

from collections.abc import Iterator, Sequence

import msgspec

from hotgigs.parser.dates import begins_with_date, find_periods
from hotgigs.parser.document import Line

_MAX_WORDS = 4
_MAX_CHARS = 40


def with_whole_periods(lines: Sequence[Line]) -> list[Line]:
    """``2017 –  Engineer`` above ``2021  Acme`` is ``2017 – 2021  Engineer`` above ``Acme``."""
    found: list[Line] = []
    for line in lines:
        if found and begins_with_date(line.text) and begins_with_date(found[-1].text):
            whole = _joined(found[-1].text, line.text)
            if whole is not None:
                found[-1] = msgspec.structs.replace(found[-1], text=whole[0])
                if whole[1]:
                    found.append(msgspec.structs.replace(line, text=whole[1]))
                continue
        found.append(line)
    return found


def _joined(upper: str, lower: str) -> tuple[str, str] | None:
    """Both texts with the whole period in the upper one; None where they do not print one together."""
    for begin, rest in _heads(upper):
        if any(period.end for period in find_periods(begin)):
            continue
        for end, below in _heads(lower):
            text = f"{begin} {end}"
            periods = find_periods(text)
            if periods and periods[0].begin == 0 and periods[0].finish == len(text) and periods[0].is_range:
                return f"{text}\t{rest}".strip(), below
    return None


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
