"""The languages that a candidate speaks, and how well, in the resume's words.

Where the level is drawn as dots, stars or the like, it is told as a share such as ``4/5``.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files

from msgspec import Struct

from hotgigs.contracts.resume_data import Language
from hotgigs.parser.headings import kind_of_heading
from hotgigs.parser.sections import Section
from hotgigs.parser.separators import bullet_text, comma_parts, dash_parts, parts, trimmed
from hotgigs.parser.vocabulary import any_of, load

MAX_LANGUAGES = 30
_WORDS = load("languages")
_LABELS = frozenset(_WORDS["labels"])
_LEVEL = re.compile(
    rf"(?<!\w){any_of(_WORDS['levels'])}(?!\w)|\d{{1,3}}\s?%|\b[1-9]/(?:5|10)\b", re.IGNORECASE
)
_LEVEL_OF = re.compile(
    rf"(?P<level>(?:\w+\s){{0,2}}{any_of(_WORDS['levels'])}(?:\s\([^()]{{1,20}}\))?)\s?(?::|(?<!\w){any_of(_WORDS['of_language'])}(?!\w))?\s(?=\w)",
    re.IGNORECASE,
)
_SPEAKS = re.compile(r"(?:i (?:can )?speak|i am|ich spreche|je parle|hablo|falo|parlo)\s", re.IGNORECASE)
_AND = re.compile(rf"\s?[/&]\s?|\s(?:{any_of(_WORDS['and'])})\s", re.IGNORECASE)
_DRAWN = re.compile(r"([●★■⬤◆•▮█✔⭐]{1,10})\s?([○☆□◯◇▯░]{0,10})\s*$")
_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?")
_AMONG_SKILLS = load("skills")
_LEVEL_WORDS = any_of(_AMONG_SKILLS["words"]["spoken_levels"])
_NAMED = re.compile(
    rf"(?:{_LEVEL_WORDS}\s)?{any_of(_AMONG_SKILLS['spoken']['languages'])}"
    rf"(?:\s\(.{{0,40}}\)|\s-?\s?(?:[ABC][12]\+?|{_LEVEL_WORDS}))?",
    re.IGNORECASE,
)
_LABELLED_KINDS = (
    "top",
    "skills",
    "personal",
    "contact",
    "other",
    "summary",
    "interests",
    "certifications",
    "education",
)
_MAX_NAME_WORDS = 3
_MAX_LEVEL_CHARS = 70
_MAX_NAME_CHARS = 30
_MAX_LABEL_CHARS = 40


class _Spoken(Struct):
    name: str
    level: str | None = None


def read_languages(sections: Sequence[Section], skills: Iterable[str] = ()) -> tuple[Language, ...]:
    """In printed order, each once: from their own sections, from labelled lines of others, and those among
    the names of ``skills``."""
    found: dict[str, Language] = {}
    for section in sections:
        if section.kind == "languages":
            spoken = _read([line.text for line in section.lines], alone=True)
        elif section.kind in _LABELLED_KINDS:
            spoken = [each for texts in _labelled_texts(section) for each in _read(texts, alone=False)]
        else:
            continue
        for each in spoken:
            found.setdefault(each.name.casefold(), Language(name=each.name, proficiency=each.level))
    for each in (each for name in filter(names_language, skills) for each in _spoken(name, alone=False)):
        found.setdefault(each.name.casefold(), Language(name=each.name, proficiency=each.level))
    return tuple(found.values())[:MAX_LANGUAGES]


def names_language(text: str) -> bool:
    """One that is common in resumes, alone or with its level: ``Spanish (native)``."""
    return _NAMED.fullmatch(text) is not None


def is_language(name: str) -> bool:
    """In any of the languages that we read; also a kind of one, as Brazilian Portuguese."""
    return name.casefold() in _names() or name.casefold().rpartition(" ")[2] in _names()


@cache
def _names() -> frozenset[str]:
    text = files("hotgigs.parser.vocabulary").joinpath("language_names.txt").read_text("utf-8")
    return frozenset(name for line in text.splitlines() for name in line.split("\t")[1:])


def _labelled_texts(section: Section) -> Iterator[list[str]]:
    """What stands behind a label, or on the lines below one."""
    below: list[str] | None = None
    for line in section.lines:
        if below is not None and (_begins_name(line.text) or _LEVEL.match(line.text) or line.column):
            below.append(line.text)
            continue
        if below:
            yield below
        below = [] if _is_label(line.text.partition("\t")[0]) else None
        for part in _labelled_parts(line.text):
            if text := _labelled(part):
                yield [text]
    if below:
        yield below


def _labelled_parts(text: str) -> list[str]:
    """The line, or what bars part of it where each part has a label of its own."""
    return [part for part in parts(text) if ":" in part] or [text] if "|" in text else [text]


def _labelled(text: str) -> str | None:
    """What follows a label such as ``Sprachen:``."""
    text = bullet_text(text) or text
    for mark in (":", "\t"):
        label, found, rest = text.partition(mark)
        if found and rest.strip() and _is_label(label):
            return rest.strip()
    return None


def _is_label(text: str) -> bool:
    text = text.strip(" .:")
    return (len(text) <= _MAX_LABEL_CHARS and not _LEVEL.fullmatch(text)) and (
        text.casefold() in _LABELS or kind_of_heading(text) == "languages"
    )


def _read(lines: Sequence[str], *, alone: bool) -> list[_Spoken]:
    """``alone``: nothing else stands in the lines, so that a name with a level is a language's."""
    found: list[_Spoken] = []
    for line in _with_levels_beside(lines):
        for index, item in enumerate(_items(_labelled(line) or line)):
            spoken = list(_spoken(item, alone=alone))
            if spoken:
                found += spoken
            elif found and not _begins_name(item):
                beside = alone and index == 1 and len(item) < _MAX_NAME_CHARS
                _add_level(found[-1], item, beside=beside, wrapped=not index and item[0].islower())
    if not any(is_language(each.name) for each in found):
        return []
    return found


def _with_levels_beside(lines: Sequence[str]) -> Iterator[str]:
    """A row of languages above a row of their levels becomes a line for each."""
    index = 0
    while index < len(lines):
        cells = parts(lines[index])
        below = parts(lines[index + 1]) if index + 1 < len(lines) else []
        index += 1
        if (
            1 < len(cells) == len(below)
            and all(_begins_name(cell) == len(cell) for cell in cells)
            and not any(map(_begins_name, below))
        ):
            yield from (f"{cell}: {level}" for cell, level in zip(cells, below, strict=True))
            index += 1
        else:
            yield lines[index - 1]


def _items(line: str) -> Iterator[str]:
    text = bullet_text(line) or line
    for part in parts(_DRAWN.sub(lambda drawn: f" {len(drawn[1])}/{len(drawn[1]) + len(drawn[2])}", text)):
        for item in comma_parts(part, ";"):
            yield from comma_parts(item)


def _spoken(item: str, *, alone: bool) -> Iterator[_Spoken]:
    item = _SPEAKS.sub("", _labelled(item) or item)
    level = _LEVEL_OF.match(item)
    if level and _begins_name(item[level.end() :]):
        for each in _spoken(item[level.end() :], alone=alone):
            yield _Spoken(each.name, each.level or trimmed(level["level"]))
        return
    names = [name for name in _AND.split(item) if name]
    if len(names) > 1 and all(_begins_name(name) for name in names):
        for name in names:
            yield from _spoken(name, alone=alone)
        return
    length = _begins_name(item)
    if length:
        yield _Spoken(item[:length], _level(item[length:]))
    elif alone and (halves := _unknown(item)):
        yield _Spoken(halves[0], _level(halves[1]))


def _unknown(item: str) -> tuple[str, str] | None:
    """The name of a language that we do not know, and its level."""
    bracketed = re.fullmatch(r"([^():]{3,30}?)\s?\(([^()]{1,50})\)", item)
    pieces = list(bracketed.groups()) if bracketed else [trimmed(each) for each in item.split(":", 1)]
    if len(pieces) < 2:
        pieces = dash_parts(item)
    if len(pieces) != 2 or not pieces[0][:1].isupper() or len(pieces[0].split()) > 2:
        return None
    return (pieces[0], pieces[1]) if _LEVEL.match(pieces[1]) and not _LEVEL.search(pieces[0]) else None


def _begins_name(item: str) -> int:
    """How many characters at its begin are a language's name; 0 where there is none."""
    words = []
    for word in _WORD.finditer(item):
        words.append(word)
        if len(words) == _MAX_NAME_WORDS:
            break
    for count in range(len(words), 0, -1):
        name = item[: words[count - 1].end()]
        if name.casefold() in _names():
            return len(name)
    return 0


def _level(text: str) -> str | None:
    level = trimmed(text.strip(" :()[]–—-\t"))
    if level.count("(") > level.count(")"):
        level += ")"
    return level[:_MAX_LEVEL_CHARS] or None


def _add_level(spoken: _Spoken, text: str, *, beside: bool, wrapped: bool) -> None:
    """A level that stands apart from its language, or the rest of one."""
    if spoken.level is None and beside:
        spoken.level = _level(text)
    if not _LEVEL.search(text):
        return
    if spoken.level is None:
        spoken.level = _level(text)
    elif wrapped or text.startswith("("):
        spoken.level = f"{spoken.level} {text}"
