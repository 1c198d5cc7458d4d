"""Sections that print each job as an item of a list: ``1. Cook, The Copper Heron, Leeds (2015 - 2017)``."""

import re
from collections.abc import Sequence

import msgspec

from hotgigs.parser.dates import find_periods
from hotgigs.parser.document import Line
from hotgigs.parser.passages import runs_over
from hotgigs.parser.roles import role_at
from hotgigs.parser.separators import bullet_text

_NUMBER = re.compile(r"\s{0,4}\(?(\d{1,2})[.)]\s{1,4}(?=[^\W\d_])(?!.{60})")
"""Before a short text."""
_ENOUGH = 2
_MOSTLY = 0.6
_MARKS = ",;:|·•–—-\t(["


def with_listed_headers(lines: Sequence[Line]) -> list[Line]:
    """Those headers without the marks; nothing is changed where lines without marks print periods.

    The first line has to be such a header: among what is told there are periods, too.
    """
    if titles := _numbered_titles(lines):
        return [_unmarked(line) if index in titles else line for index, line in enumerate(lines)]
    if not lines or not _is_item(lines[0]):
        return list(lines)
    lines = _with_whole_headers(lines)
    if not _is_header(lines[0]):
        return lines
    if any(not _is_item(line) and _sets_off_range(line.text) for line in lines):
        return list(lines)
    mark = _mark(lines[0])
    return [_unmarked(line) if _is_header(line) and _mark(line) == mark else line for line in lines]


def _numbered_titles(lines: Sequence[Line]) -> frozenset[int]:
    """The indices of lines that count the section's jobs, ``1) Cook`` and ``2) Baker``; none where they
    count what was done."""
    numbered = [
        (index, int(found[1])) for index, line in enumerate(lines) if (found := _NUMBER.match(line.text))
    ]
    in_order = [number for _, number in numbered] == list(range(1, len(numbered) + 1))
    titles = sum(role_at(bullet_text(lines[index].text) or "") is not None for index, _ in numbered)
    if len(numbered) < _ENOUGH or not in_order or titles <= _MOSTLY * len(numbered):
        return frozenset()
    return frozenset(index for index, _ in numbered)


def _unmarked(line: Line) -> Line:
    return msgspec.structs.replace(line, text=bullet_text(line.text) or line.text, is_list_item=False)


def _with_whole_headers(lines: Sequence[Line]) -> list[Line]:
    """A header whose period is printed on its second line is put together again."""
    margin, mark = max(line.x1 for line in lines), _mark(lines[0])
    found: list[Line] = []
    for line in lines:
        before = found[-1] if found else None
        if (
            before is not None
            and line.page
            and _is_item(before)
            and _mark(before) == mark
            and not (_is_item(line) or find_periods(before.text))
            and _sets_off_range(line.text)
            and runs_over(before, line, margin)
        ):
            found[-1] = msgspec.structs.replace(before, text=f"{before.text} {line.text}", x1=line.x1)
        else:
            found.append(line)
    return found


def _is_header(line: Line) -> bool:
    return _is_item(line) and _sets_off_range(bullet_text(line.text) or line.text)


def _is_item(line: Line) -> bool:
    return line.is_list_item or bullet_text(line.text) is not None


def _mark(line: Line) -> str:
    """The kind of the mark; all numbers are one."""
    if bullet_text(line.text) is None:
        return ""
    first = line.text.lstrip("( \t")[0]
    return "1" if first.isdigit() else first


def _sets_off_range(text: str) -> bool:
    """Does a period begin or end the text, parted by a mark?"""
    period = next((period for period in find_periods(text) if period.is_range), None)
    if period is None:
        return False
    before, after = text[: period.begin].rstrip(), text[period.finish :].strip(" .)]")
    return not before.strip("([") or (not after and before[-1] in _MARKS)
