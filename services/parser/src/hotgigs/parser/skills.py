"""Skills as printed, one by one, with the level that is stated beside them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct

from hotgigs.contracts.resume_data import Skill
from hotgigs.parser.dates import is_only_dates
from hotgigs.parser.document import Line
from hotgigs.parser.headings import kind_of_heading
from hotgigs.parser.passages import joined, runs_over
from hotgigs.parser.sections import Section
from hotgigs.parser.separators import bullet_text, comma_parts, parts, trimmed
from hotgigs.parser.vocabulary import any_of, load

MAX_SKILLS = 200
_MAX_CHARS = 60
_MAX_WORDS = 7

_WORDS = load("skills")
_CATEGORY_OF = {name: category for category, names in _WORDS["categories"].items() for name in names}
_LEVEL_OF = {word: level for level, words in _WORDS["levels"].items() for word in words}
_LEVEL = re.compile(rf"\s*(?:\(\s*({any_of(_LEVEL_OF)})\s*\)|[-–—:]\s+({any_of(_LEVEL_OF)}))$", re.IGNORECASE)
_DOTS = re.compile(r"\s*([●★■⬤◆•]{1,10})([○☆□◯◇]{0,10})\s*$")
_RATING = re.compile(r"\s*\t\s*([●★■⬤◆•○☆□◯◇]{2,10}|\d{1,3}\s?%)(?=\t|$)")
_PERCENT = re.compile(r"\s*[-–:(]?\s*(\d{1,3})\s?%\)?$")
_SPOKEN = re.compile(rf"\b{any_of(_WORDS['spoken']['languages'])}\b", re.IGNORECASE)
_LIST_MARKS = re.compile(r"[,;•·|]\s*$")
_BREAKS = re.compile(r"[,;•·|]")
_LEVELS_BY_SHARE = ((0.9, "expert"), (0.7, "advanced"), (0.45, "intermediate"), (0.0, "beginner"))
_MAX_LABEL_CHARS = 45
_TIGHT = 0.93
"""Times the usual pitch of lines: closer lines are one item that runs over."""


class _Paragraph(Struct):
    text: str
    looks: list[tuple[int, bool]]
    is_item: bool


def read_skills(sections: Iterable[Section]) -> tuple[Skill, ...]:
    """In printed order, without the names of their groups, each once."""
    found: dict[str, Skill] = {}
    for section in sections:
        for item in _items(section.lines):
            skill = _skill(item)
            if skill:
                found.setdefault(skill.name.casefold(), skill)
    return tuple(found.values())[:MAX_SKILLS]


def _items(lines: Sequence[Line]) -> Iterator[str]:
    paragraphs = _paragraphs([line for line in lines if not is_only_dates(line.text.partition("\t")[0])])
    looks = Counter(look for paragraph in paragraphs for look in paragraph.looks)
    usual = looks.most_common(1)[0][0] if looks else None
    several = sum(_lists_several(paragraph.text) for paragraph in paragraphs)
    for index, paragraph in enumerate(paragraphs):
        is_last = index == len(paragraphs) - 1
        if not is_last and not paragraph.is_item and not _lists_several(paragraph.text):
            if usual not in paragraph.looks:
                continue
            if several > 1 and _lists_several(paragraphs[index + 1].text):
                continue
        yield from _split(paragraph.text)


def _lists_several(text: str) -> bool:
    return bool(_BREAKS.search(text)) or "\t" in text


def _paragraphs(lines: Sequence[Line]) -> list[_Paragraph]:
    """Lines, those joined that a skill or a list of several skills runs over."""
    margin = max((line.x1 for line in lines), default=0.0)
    usual_pitch = _usual_pitch(lines)
    found: list[_Paragraph] = []
    before: Line | None = None
    for line in lines:
        bullet = bullet_text(line.text)
        if before is not None and bullet is None and _runs_on(before, line, margin, usual_pitch):
            found[-1].text = joined(found[-1].text, line.text)
            found[-1].looks.append((line.weight, line.italic))
        else:
            is_item = bullet is not None or line.is_list_item
            found.append(
                _Paragraph(line.text if bullet is None else bullet, [(line.weight, line.italic)], is_item)
            )
        before = line
    return found


def _usual_pitch(lines: Sequence[Line]) -> float:
    """From one line to the next, in points; 0 without geometry."""
    pitches = [line.y0 - before.y0 for before, line in pairwise(lines) if line.y0 > before.y0]
    return median(pitches) if pitches else 0.0


def _runs_on(before: Line, line: Line, margin: float, usual_pitch: float) -> bool:
    if _LIST_MARKS.search(before.text):
        return True
    if not line.page or ":" in line.text or "\t" in line.text:
        return False
    if line.text[0].islower() and 0 < line.y0 - before.y0 < _TIGHT * usual_pitch:
        return True
    return len(_BREAKS.findall(before.text)) > 1 and runs_over(before, line, margin)


def _split(text: str) -> Iterator[str]:
    """The items of one paragraph; none where it lists the languages that the candidate speaks."""
    label, mark, rest = text.partition(":")
    if mark and kind_of_heading(label) == "languages" and _SPOKEN.search(rest):
        return
    found = parts(_RATING.sub(r" \1", text))
    if (
        len(found) > 1
        and not _BREAKS.search(found[0])
        and "\t" in text
        and any(mark in found[1] for mark in ",;")
    ):
        found = found[1:]
    for part in found:
        pieces = comma_parts(_unlabelled(part), ";")
        if len(pieces) > 1:
            for piece in pieces:
                unlabelled = _unlabelled(piece)
                yield from comma_parts(unlabelled) if unlabelled != piece else (piece,)
        else:
            for piece in pieces:
                yield from comma_parts(piece)


def _unlabelled(text: str) -> str:
    label, mark, rest = text.partition(":")
    return rest.strip() if mark and len(label) <= _MAX_LABEL_CHARS and not rest[:1].isalnum() else text


def _skill(text: str) -> Skill | None:
    name, level = _with_level(text)
    name = trimmed(name.removeprefix("and ").removeprefix("und ").removesuffix("."))
    if (
        not name
        or len(name) > _MAX_CHARS
        or len(name.split()) > _MAX_WORDS
        or not any(map(str.isalpha, name))
    ):
        return None
    return Skill(name=name, category=category_of(name), proficiency=level)


def _with_level(text: str) -> tuple[str, str | None]:
    """The skill's name, and the level that words, dots or a percentage beside it state."""
    stated = _LEVEL.search(text)
    if stated:
        return text[: stated.start()], _LEVEL_OF[(stated[1] or stated[2]).casefold()]
    dots = _DOTS.search(text)
    if dots and len(dots[1]) + len(dots[2]) > 1:
        return text[: dots.start()], _level_of_share(len(dots[1]) / (len(dots[1]) + len(dots[2])))
    percent = _PERCENT.search(text)
    if percent:
        return text[: percent.start()], _level_of_share(int(percent[1]) / 100)
    return text, None


def _level_of_share(share: float) -> str:
    return next(level for least, level in _LEVELS_BY_SHARE if share >= least)


def category_of(name: str) -> str | None:
    """None where the vocabulary has neither the name nor what stands before its brackets."""
    key = name.casefold()
    return _CATEGORY_OF.get(key) or _CATEGORY_OF.get(key.partition("(")[0].strip())
