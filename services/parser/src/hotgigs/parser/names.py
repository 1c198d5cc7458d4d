"""The candidate's name: the line at the top that reads like one and is set largest."""

import re
from collections.abc import Iterator, Sequence

from hotgigs.parser.document import Line
from hotgigs.parser.gazetteer import folded
from hotgigs.parser.headings import kind_of_heading
from hotgigs.parser.organisations import names_organisation
from hotgigs.parser.passages import joined
from hotgigs.parser.places import is_place
from hotgigs.parser.roles import names_role, names_role_not_person
from hotgigs.parser.separators import comma_parts, dash_parts, parts
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
_CALLED = re.compile(r"\s?[(\"“”„«][^()\"“”„«»]{1,20}[)\"“”»]\s?")
"""What a person is called, in brackets or quotes within the name."""
_SPACED = re.compile(r"(?:[^\W\d_]\s{1,3}){3,40}[^\W\d_]")
_REPEATED, _UNREPEATED = 6.0, 1.0
"""Points of font size that a word counts for which the mail address repeats, or does not."""
_MAX_WORDS = 6
_MAX_PARTS = 4
_LINES_AT_TOP = 40
_LARGE = 13.0
"""Points."""


def find_name(lines: Sequence[Line], email: str | None = None) -> str | None:
    """``lines`` are those that may hold it, from the top; None where none reads like a name.

    Words that the mail address repeats speak for a name.
    """
    local_part = folded((email or "").partition("@")[0])
    best: tuple[float, str] | None = None
    for index, line in enumerate(lines[:_LINES_AT_TOP]):
        labelled = _LABEL.match(line.text)
        if labelled:
            name = _as_name(line.text[labelled.end() :])
            if name:
                return name
        for name in _names_in(line, lines[index + 1] if index + 1 < len(lines) else None):
            score = _score(name, line, index) + _agreement(name, local_part)
            if best is None or score > best[0]:
                best = (score, name)
    return best[1] if best else None


def _names_in(line: Line, below: Line | None) -> Iterator[str]:
    """What the line may say of a name: in one of its parts, in what stands before a headline, or with the
    line below."""
    for number, part in enumerate(parts(line.text)[:_MAX_PARTS]):
        heads = [part]
        if len(dashed := dash_parts(part)) > 1:
            heads.append(dashed[0])
        if len(pieces := comma_parts(part)) > 1 and any(map(names_role, pieces[1:])):
            heads.append(pieces[0])
        if below is not None and number == 0:
            if _same_look(line, below):
                heads.append(joined(line.text, below.text))
            elif folded(part).rpartition(" ")[2] in _PARTICLES:
                heads.append(joined(part, (parts(below.text) or [""])[0]))
        for head in heads:
            if name := _as_name(head):
                yield name


def _agreement(name: str, local_part: str) -> float:
    """How many of the name's words the mail address repeats; an initial of the first counts a little."""
    if not local_part:
        return 0.0
    words = [word for word in folded(name).split() if len(word) > 2]
    said = sum(word in local_part for word in words)
    return _REPEATED * min(2, said) - (_UNREPEATED * max(0, len(words) - 3) if said else 0)


def _same_look(line: Line, below: Line) -> bool:
    """May two lines be one name, set large?"""
    return line.font_size >= _LARGE and (line.font_size, line.page, line.column) == (
        below.font_size, below.page, below.column
    )  # fmt: skip


def _score(name: str, line: Line, index: int) -> float:
    score = line.font_size + (2 if line.weight >= 700 else 0) - 0.4 * index
    if names_role_not_person(name) or names_organisation(name):
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
    if _SPACED.fullmatch(text):
        text = _closed_up(text)
    text = _in_order(_without_post_nominals(_CALLED.sub(" ", text)))
    words = text.split()
    if not 2 <= len(words) <= _MAX_WORDS or kind_of_heading(text) or not all(map(_is_name_word, words)):
        return None
    if folded(words[-1]) in _PARTICLES or (is_place(text) and len(words) < 3):
        return None
    return _in_usual_capitals(text)


def _in_order(text: str) -> str:
    """``Ann Lee`` of ``Lee, Ann``; where the surname comes first without a comma it cannot be told."""
    surname, mark, first = text.partition(",")
    if not mark or "," in first or not first.strip() or len(first.split()) > 3:
        return text
    if names_role(first) or is_place(text) or is_place(first):
        return text
    return f"{first.strip()} {surname.strip()}"


def _closed_up(text: str) -> str:
    """``ANN LEE`` of ``A N N  L E E``: words are parted by wider gaps."""
    return " ".join(word.replace(" ", "") for word in re.split(r"\s{2,}", text))


def _without_post_nominals(text: str) -> str:
    """``Ann Lee`` of ``Ann Lee, PhD, RN`` and ``Ann Lee MBA``; surnames such as Ma and Ba stay.

    After a comma, letters that nobody knows go with those that are known.
    """
    name, _, tail = text.partition(",")
    letters = tail.replace(",", " ").split()
    if " " in name.strip() and any(map(_is_post_nominal, letters)):
        known = (_is_post_nominal(word) or word.isupper() or word[-1:] in ".)" for word in letters)
        text = name if all(known) else text
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
