"""The lines of a skills section put together to rows: one skill, one list of skills, or a group's name."""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct

from hotgigs.parser.document import Line
from hotgigs.parser.passages import joined, runs_over
from hotgigs.parser.separators import bullet_text
from hotgigs.parser.skill_levels import stated_by
from hotgigs.skills.vocabulary import known_skill

_LIST_MARKS = re.compile(r"(?:[,;•·|/&]|\w-|\s(?:and|und|et|y|e|en))\s*$")
_BREAKS = re.compile(r"[,;•·|]|\s/\s")
_RUN_IN_LABEL = re.compile(r"[^\W\d_]\w{2,20}(?:\s[\w&/-]{1,20}){0,2}\.\s\S")
_DASH_LABEL = re.compile(r"[^\W\d_](?:[\w&/.]|\s(?![-–—])){1,30}\s[-–—]\s[^\s,;]")
"""A word or a few and a dash, and then a list."""
_LETTER = re.compile(r"[^\W\d_]")
_TIGHT = 0.93
"""Times the usual pitch of lines: closer lines are one item that runs over."""
_HANG = 2.0
"""Points by which the next line of a list's item hangs in, at least."""
_TAB_HANG = 25.0


class Row(Struct):
    text: str
    looks: list[tuple[int, bool]]
    is_item: bool
    x0: float


def lists_several(text: str) -> bool:
    return bool(_BREAKS.search(text)) or "\t" in text


def read_rows(lines: Sequence[Line]) -> list[Row]:
    """Rows in printed order; a level on a line of its own is in the row of the skill before it."""
    margin = max((line.x1 for line in lines), default=0.0)
    usual_pitch = _usual_pitch(lines)
    capitals = _begin_with_capitals(lines)
    levels_follow = _levels_follow(lines)
    found: list[Row] = []
    before: Line | None = None
    for line in lines:
        bullet = bullet_text(line.text)
        if found and _is_level(line, levels_follow=levels_follow):
            found[-1].text = f"{found[-1].text}\t{line.text.strip()}"
            before = line
            continue
        if not _LETTER.search(line.text):
            continue
        if (
            before is not None
            and bullet is None
            and found
            and (
                _hangs(before, line, found[-1])
                or _runs_on(before, line, margin, usual_pitch, capitals=capitals)
            )
        ):
            found[-1].text = joined(found[-1].text, line.text)
            found[-1].looks.append(_look(line))
        else:
            is_item = bullet is not None or line.is_list_item
            found.append(Row(line.text if bullet is None else bullet, [_look(line)], is_item, line.x0))
        before = line
    return found


def _look(line: Line) -> tuple[int, bool]:
    return line.weight, line.italic


def _usual_pitch(lines: Sequence[Line]) -> float:
    """From one line to the next, in points; 0 without geometry."""
    pitches = [line.y0 - before.y0 for before, line in pairwise(lines) if line.y0 > before.y0]
    return median(pitches) if pitches else 0.0


def _begin_with_capitals(lines: Sequence[Line]) -> bool:
    """Do skills begin with a capital here, so that a line that does not is the rest of one?"""
    small = sum(line.text[0].islower() for line in lines)
    return 3 * small <= len(lines)


def _is_level(line: Line, *, levels_follow: bool) -> bool:
    stated = stated_by(line.text)
    return stated is not None and (levels_follow or not _LETTER.search(line.text))


def _levels_follow(lines: Sequence[Line]) -> bool:
    """Does a level follow each skill on a line of its own, rather than head a group of skills?"""
    stated = [stated_by(line.text) is not None and bool(_LETTER.search(line.text)) for line in lines]
    if len(stated) < 4 or stated[0]:
        return False
    return 5 * sum(stated) >= 2 * len(stated) and not any(a and b for a, b in pairwise(stated))


def _hangs(before: Line, line: Line, row: Row) -> bool:
    """Does the line hang under the row's text, where the row began with a bullet or a cell before it?"""
    if not line.page or line.page != before.page or "\t" in line.text or line.weight != before.weight:
        return False
    if row.is_item and not line.is_list_item and line.x0 > row.x0 + _HANG:
        return True
    return "\t" in row.text and bool(_BREAKS.search(row.text)) and line.x0 > row.x0 + _TAB_HANG


def _begins_list(before: Line, line: Line) -> bool:
    """Does the line begin with a label?"""
    return bool(_RUN_IN_LABEL.match(line.text)) or ("," in before.text and bool(_DASH_LABEL.match(line.text)))


def _runs_on(before: Line, line: Line, margin: float, usual_pitch: float, *, capitals: bool) -> bool:
    if _LIST_MARKS.search(before.text):
        return True
    if not line.page or line.weight != before.weight or ":" in line.text or "\t" in line.text:
        return False
    if before.text.endswith(".") or _begins_list(before, line):
        return False
    if line.text[0].islower():
        if 0 < line.y0 - before.y0 < _TIGHT * usual_pitch:
            return True
        if capitals and runs_over(before, line, margin) and not known_skill(line.text):
            return True
    return len(_BREAKS.findall(before.text)) > 1 and runs_over(before, line, margin)
