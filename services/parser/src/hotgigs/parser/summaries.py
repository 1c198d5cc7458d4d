"""The summary that the candidate wrote."""

import re
from collections.abc import Sequence

from hotgigs.parser.dates import Period, find_periods
from hotgigs.parser.document import Line
from hotgigs.parser.passages import passages
from hotgigs.parser.roles import role_at
from hotgigs.parser.sections import Section
from hotgigs.parser.separators import bullet_text
from hotgigs.parser.vocabulary import any_of, load

_DECLARATION = re.compile(any_of(load("labels")["not_told"]["declarations"]), re.IGNORECASE)
"""How a sentence begins that everybody's resume may have."""
_SENTENCE_END = re.compile(r"[.!](?=\s|$)")
_MIN_WORDS = 12
_MAX_TITLE_WORDS = 7
_MAX_LABEL_WORDS = 3
MAX_CHARS = 4_000


def read_summary(sections: Sequence[Section]) -> str | None:
    """Of the sections headed so, else the prose that stands at the top without a heading."""
    found = [
        passage
        for section in sections
        if section.kind == "summary"
        for passage in passages(_told(section.lines))
        if not _DECLARATION.match(passage)
    ]
    if found and _is_title(found[0]):
        del found[0]
    return (" ".join(found) or _unheaded(sections) or "")[:MAX_CHARS] or None


def _told(lines: Sequence[Line]) -> list[Line]:
    """Up to where something else begins without a heading: what has a period, or labels after sentences."""
    found: list[Line] = []
    for line in lines:
        text = line.text.rstrip()
        after_sentence = bool(found) and found[-1].text.rstrip().endswith(".")
        if found and not text[0].islower() and any(_begins(period) for period in find_periods(text)):
            break
        if after_sentence and len(text.split()) <= _MAX_LABEL_WORDS and _is_label(line):
            break
        found.append(line)
    return found


def _begins(period: Period) -> bool:
    return period.is_range and period.begin < 2


def _is_label(line: Line) -> bool:
    text = line.text.rstrip()
    return (
        not line.is_list_item and bullet_text(text) is None and text[:1].isupper() and text[-1] not in ".!,;"
    )


def _is_title(text: str) -> bool:
    """A job's title alone, which says nothing of the candidate but what they are."""
    return len(text.split()) <= _MAX_TITLE_WORDS and text[-1] not in ".!" and role_at(text) == "head"


def _unheaded(sections: Sequence[Section]) -> str | None:
    for section in sections:
        if section.kind != "top":
            continue
        for passage in passages(_prose(section.lines)):
            ends = [end.end() for end in _SENTENCE_END.finditer(passage)]
            told = passage[: ends[-1]] if ends else ""
            if len(told.split()) >= _MIN_WORDS:
                return told
    return None


def _prose(lines: Sequence[Line]) -> list[Line]:
    return [
        line
        for line in lines
        if not any(mark in line.text for mark in "\t|@") and not _DECLARATION.match(line.text)
    ]
