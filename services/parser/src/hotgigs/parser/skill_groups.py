"""Which rows of a skills section name a group of skills, or begin with such a name."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from hotgigs.parser.document import Line
from hotgigs.parser.headings import kind_of_heading
from hotgigs.parser.separators import bullet_text, comma_parts, parts, trimmed
from hotgigs.parser.skill_levels import stated_by, stated_by_label
from hotgigs.parser.skill_rows import Row, lists_several
from hotgigs.parser.vocabulary import load
from hotgigs.skills.vocabulary import folded

MAX_LABEL_CHARS = 45
MAX_LABEL_WORDS = 5
HEADS = frozenset(map(folded, load("skills")["words"]["heads"]))
"""What heads the columns of a table of skills."""

_MARKS = ":–—-|,;•·/"
_DASH = re.compile(r"(?<=\w)\s[-–—]\s")
_TOLD_WORDS = 8
"""A text of more words after a skill's name tells of it, and lists nothing."""


def with_marked_labels(lines: Sequence[Line]) -> list[Line]:
    """A colon for what marks the name of a group otherwise: a dash, or that it alone is set in bold."""
    parted = [_label_and_rest(line) or _before_dash(line) for line in lines]
    lists = any(each is not None and lists_several(each[1]) for each in parted)
    several = lists and sum(each is not None for each in parted) > 1
    return [
        msgspec.structs.replace(line, text=f"{each[0]}: {each[1]}")
        if each is not None and (several or lists_several(each[1]))
        else line
        for line, each in zip(lines, parted, strict=True)
    ]


def _label_and_rest(line: Line) -> tuple[str, str] | None:
    """Of a line whose first words are set so and have no mark behind them."""
    if not line.lead or not line.text.startswith(line.lead):
        return None
    label, rest = line.lead.rstrip(), line.text[len(line.lead) :].strip()
    if not rest or label[-1] in _MARKS or rest[0] in _MARKS + "(" or not any(map(str.isalpha, label)):
        return None
    if (
        lists_several(bullet_text(label) or label)
        or len(label) > MAX_LABEL_CHARS
        or len(label.split()) > MAX_LABEL_WORDS
    ):
        return None
    return None if stated_by(rest) or tells(rest) else (label.rstrip(" ."), rest)


def _before_dash(line: Line) -> tuple[str, str] | None:
    """Of a line with one dash, before which a few words stand."""
    halves = _DASH.split(line.text)
    if (
        len(halves) != 2
        or ":" in line.text
        or "\t" in line.text
        or halves[0].count("(") > halves[0].count(")")
    ):
        return None
    label, rest = halves[0].rstrip(), halves[1].strip()
    if (
        not rest
        or not label
        or lists_several(bullet_text(label) or label)
        or len(label.split()) > MAX_LABEL_WORDS
    ):
        return None
    return (
        None
        if stated_by(comma_parts(rest)[0]) or tells(rest) or len(label) > MAX_LABEL_CHARS
        else (label, rest)
    )


def is_label(row: Row, following: Row | None, rows: Sequence[Row]) -> bool:
    """Is the row the name of a group of skills?"""
    text = row.text.strip()
    if following is None or row.is_item or len(text) > MAX_LABEL_CHARS or lists_several(text):
        return False
    if text.endswith(":") or folded(text) in HEADS or stated_by_label(text):
        return True
    return kind_of_heading(text) in ("skills", "languages") or _is_set_as_label(row, following, rows)


def _is_set_as_label(row: Row, following: Row, rows: Sequence[Row]) -> bool:
    if row.looks[0][0] > following.looks[0][0]:
        return not tells(following.text)
    usual = Counter(look for each in rows for look in each.looks).most_common(1)[0][0]
    if usual not in row.looks:
        return True
    if following.is_item and sum(each.is_item for each in rows) > len(rows) / 2:
        return True
    if _lists_by_gaps_alone(following.text) and _one_under_another(rows):
        return False
    return _lists_unlabelled(following.text) and sum(lists_several(each.text) for each in rows) > 1


def _lists_by_gaps_alone(text: str) -> bool:
    return "\t" in text and not lists_several(text.replace("\t", " "))


def _one_under_another(rows: Sequence[Row]) -> bool:
    """Do rows of one skill follow each other, so that others with gaps are more of the same in a grid?"""
    return any(not lists_several(row.text) and not lists_several(below.text) for row, below in pairwise(rows))


def _lists_unlabelled(text: str) -> bool:
    return lists_several(text) and ":" not in text


def rows_with_label_cell(rows: Sequence[Row]) -> frozenset[int]:
    """Rows whose first cell names a group, since the second cells of such rows list several skills."""
    two = {
        i: cells
        for i, row in enumerate(rows)
        if len(cells := [trimmed(cell) for cell in row.text.split("\t") if trimmed(cell)]) == 2
        and not stated_by(cells[1])
        and bullet_text(row.text.rpartition("\t")[2]) is None
    }
    lists = [i for i, cells in two.items() if _lists(cells[1])]
    if not lists or any(_lists(two[i][0]) for i in lists):
        return frozenset(i for i in lists if not _lists(two[i][0]))
    return frozenset(two) if 2 * len(lists) >= len(two) else frozenset(lists)


def _lists(cell: str) -> bool:
    return any(mark in cell for mark in ",;") or len(parts(cell)) > 1


def leading_levels(rows: Sequence[Row]) -> frozenset[int]:
    """Rows that begin with a level: group names, where several rows do and no two alike."""
    words = {
        i: folded(row.text.split(None, 1)[0])
        for i, row in enumerate(rows)
        if "\t" not in row.text and "," in row.text and stated_by(row.text.split(None, 1)[0])
    }
    return frozenset(words) if 1 < len(words) == len(set(words.values())) else frozenset()


def tells(text: str) -> bool:
    """Is it a sentence about a skill, and no list of skills?"""
    if len(parts(text)) > 1:
        return False
    words = len(text.split())
    pieces = max(len(comma_parts(text)), 1 + text.count(" / "))
    return words > _TOLD_WORDS and words / pieces > MAX_LABEL_WORDS
