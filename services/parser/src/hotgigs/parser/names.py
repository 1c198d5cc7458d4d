"""The candidate's name: the line at the top that reads like one and is set largest."""

import re
from collections.abc import Sequence

from hotgigs.parser.document import Line
from hotgigs.parser.headings import kind_of_heading
from hotgigs.parser.organisations import names_organisation
from hotgigs.parser.passages import joined
from hotgigs.parser.roles import names_role
from hotgigs.parser.separators import parts
from hotgigs.parser.vocabulary import any_of, load

_VOCABULARY = load("names")
_LABEL = re.compile(rf"{any_of(load('labels')['contact']['name'])}\s?\t?\s?:\s?\t?\s?(?=\S)", re.IGNORECASE)
_TITLES = re.compile(rf"(?:{any_of(_VOCABULARY['titles'])}\b\.?\s{{1,2}}){{1,4}}", re.IGNORECASE)
_DOCUMENT_TITLE = re.compile(
    rf"{any_of(_VOCABULARY['document_titles'])}\s?(?:of|von|de|[-–:|])?\s{{1,3}}", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[.'’-])*")
_POST_NOMINALS = frozenset(_VOCABULARY["post_nominals"])
_PARTICLES = frozenset(_VOCABULARY["particles"])
_SUFFIXES = frozenset(_VOCABULARY["suffixes"])
_MAX_WORDS = 6
_LINES_AT_TOP = 40
_LARGE = 13.0
"""Points."""


def find_name(lines: Sequence[Line]) -> str | None:
    """``lines`` are those that may hold it, from the top; None where none reads like a name."""
    best: tuple[float, str] | None = None
    for index, line in enumerate(lines[:_LINES_AT_TOP]):
        labelled = _LABEL.match(line.text)
        if labelled:
            name = _as_name(line.text[labelled.end() :])
            if name:
                return name
        first = parts(line.text)[:1]
        name = _as_name(first[0]) if first else None
        if index + 1 < len(lines) and _same_look(line, lines[index + 1]):
            name = _as_name(joined(line.text, lines[index + 1].text)) or name
        if name is None:
            continue
        score = _score(name, line, index)
        if best is None or score > best[0]:
            best = (score, name)
    return best[1] if best else None


def _same_look(line: Line, below: Line) -> bool:
    """May two lines be one name, set large?"""
    return line.font_size >= _LARGE and (line.font_size, line.page, line.column) == (
        below.font_size, below.page, below.column
    )  # fmt: skip


def _score(name: str, line: Line, index: int) -> float:
    score = line.font_size + (2 if line.weight >= 700 else 0) - 0.4 * index
    if names_role(name) or names_organisation(name):
        score -= 8
    if line.style.casefold() in ("title", "name", "titel", "titre"):
        score += 20
    return score


def _as_name(text: str) -> str | None:
    """The name alone, in its usual capitals; None where the text does not read like one."""
    text = text.strip()
    for before in (_DOCUMENT_TITLE, _TITLES):
        match = before.match(text)
        text = text[match.end() :] if match else text
    text = _without_post_nominals(text)
    words = text.split()
    if not 2 <= len(words) <= _MAX_WORDS or kind_of_heading(text) or not all(map(_is_name_word, words)):
        return None
    return _in_usual_capitals(text)


def _without_post_nominals(text: str) -> str:
    """``Ann Lee`` of ``Ann Lee, PhD, RN`` and ``Ann Lee MBA``; surnames such as Ma and Ba stay."""
    name, _, tail = text.partition(",")
    if tail and all(_is_post_nominal(word) for word in tail.replace(",", " ").split()):
        text = name
    words = text.split()
    while (
        len(words) > 2
        and not text.isupper()
        and words[-1] != words[-1].title()
        and _is_post_nominal(words[-1])
    ):
        words.pop()
    return " ".join(words)


def _is_post_nominal(word: str) -> bool:
    return word.strip("(),").replace(".", "").casefold() in _POST_NOMINALS


def _is_name_word(word: str) -> bool:
    bare = word.strip("(),\"“”'.")
    if not bare or not _WORD.fullmatch(bare):
        return False
    return bare[0].isupper() or bare.casefold() in _PARTICLES or bare.casefold() in _SUFFIXES


def _in_usual_capitals(text: str) -> str:
    return " ".join(word.title() if word.isupper() and _is_long(word) else word for word in text.split())


def _is_long(word: str) -> bool:
    """Longer than an initial or a suffix such as III."""
    bare = word.strip(".,")
    return len(bare) > 1 and "." not in bare and bare.casefold() not in _SUFFIXES
