"""The candidate's name: the line at the top that reads like one and is set largest."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from hotgigs.parser.document import Line
from hotgigs.parser.headings import kind_of_heading
from hotgigs.parser.organisations import names_organisation
from hotgigs.parser.passages import joined
from hotgigs.parser.places import country_of, is_place
from hotgigs.parser.roles import names_role, names_role_not_person
from hotgigs.parser.separators import bullet_text, comma_parts, dash_parts, parts
from hotgigs.parser.vocabulary import any_of, load
from hotgigs.places.gazetteer import folded

_VOCABULARY = load("names")
_LABELS = load("labels")["contact"]
_PRONOUN = any_of(_VOCABULARY["pronouns"])
_BEHIND_LABEL = r"(?:\s?\t?\s?:\s?\t?|\t)\s?(?=\S)"
_LABEL = re.compile(rf"{any_of(_LABELS['name'])}{_BEHIND_LABEL}", re.IGNORECASE)
_HALF = re.compile(
    rf"(?:^|[\t|,;]\s{{0,2}})(?:(?P<given>{any_of(_LABELS['given_name'])})|{any_of(_LABELS['family_name'])})"
    rf"{_BEHIND_LABEL}(?P<value>[^\t|,;:]{{2,40}})",
    re.IGNORECASE,
)
"""A part of the name that is labelled so: ``First name: Ann``."""
_TITLES = re.compile(
    rf"(?:(?:{any_of(_VOCABULARY['titles'])}|dipl\.?[ -][^\W\d_]{{2,12}})\b\.?(?:\s?\(\w{{2,4}}\))?\s{{1,2}}"
    r"(?:(?-i:[a-z]{2,6})\.\s{0,2}){0,3}){1,5}",
    re.IGNORECASE,
)
_DOCUMENT_TITLE = re.compile(
    rf"{any_of(_VOCABULARY['document_titles'])}\s?(?:{any_of(_VOCABULARY['of'])}(?=\s)|[-–:|])?\s{{1,3}}",
    re.IGNORECASE,
)
_DOCUMENT_TITLE_BEHIND = re.compile(
    rf"(?:['’]s)?\s{{0,2}}[-–—:|,\s]\s{{0,2}}{any_of(_VOCABULARY['document_titles'])}$", re.IGNORECASE
)
_PRONOUNS = re.compile(rf"[\s,(]{{1,3}}{_PRONOUN}(?:\s?/\s?{_PRONOUN}){{1,2}}\)?", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[.'’ʼʻ`´-])*")
_INNER_MARK = re.compile(r"['’ʼʻ`´-]")
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
_MAX_LINES = 3
"""Over which a name is set."""
_MAX_BETWEEN = 6
_WHOLE = 3.0
"""Points of font size that each line more counts for."""
_PITCH = 1.7
"""Times the font size, from one of these lines to the next at most."""
_LINES_AT_TOP = 40
_LARGE = 13.0
"""Points."""


def find_name(lines: Sequence[Line], email: str | None = None) -> str | None:
    """``lines`` are those that may hold it, from the top; None where none reads like a name.

    Words that the mail address repeats speak for a name.
    """
    local_part = folded((email or "").partition("@")[0])
    if labelled_halves := _of_labelled_halves(lines):
        return labelled_halves
    best: tuple[float, str] | None = None
    for index, line in enumerate(lines[:_LINES_AT_TOP]):
        unnumbered = bullet_text(line.text) or line.text
        labelled = _LABEL.match(unnumbered)
        if labelled:
            name = _as_name(unnumbered[labelled.end() :])
            if name:
                return name
        below = lines[index + 1] if index + 1 < len(lines) else None
        alone = ((name, 1) for name in _names_in(line, below))
        for name, count in (*alone, *_over_lines(line, _set_alike(line, lines[index + 1 :]))):
            score = _score(name, line, index) + _agreement(name, local_part) + _WHOLE * (count - 1)
            if best is None or score > best[0]:
                best = (score, name)
    return best[1] if best else None


def _of_labelled_halves(lines: Sequence[Line]) -> str | None:
    """Of a first and a last name, each behind its label."""
    halves: dict[bool, str] = {}
    for line in lines[:_LINES_AT_TOP]:
        for match in _HALF.finditer(line.text):
            halves.setdefault(match["given"] is not None, match["value"].strip())
    return _as_name(f"{halves[True]} {halves[False]}") if len(halves) == 2 else None


def _names_in(line: Line, below: Line | None) -> Iterator[str]:
    """What the line may say of a name: in one of its parts, in what stands before a headline, or with the
    line below."""
    for number, part in enumerate(parts(line.text)[:_MAX_PARTS]):
        heads = [part]
        if len(dashed := dash_parts(part)) > 1:
            heads.append(dashed[0])
        if len(pieces := comma_parts(part)) > 1 and any(map(names_role, pieces[1:])):
            heads.append(pieces[0])
        if below is not None and number == 0 and _is_particle(part.rpartition(" ")[2]):
            heads.append(joined(part, (parts(below.text) or [""])[0]))
        if line.font_size >= _LARGE and part.islower():
            heads.append(_with_capitals(part))
        for head in heads:
            if name := _as_name(head):
                yield name


def _with_capitals(text: str) -> str:
    return " ".join(word if _is_particle(word) else word.title() for word in text.split())


def _set_alike(line: Line, following: Sequence[Line]) -> Sequence[Line]:
    """The next lines; on a page without those of other sizes, which may stand beside the name."""
    near = following[: _MAX_LINES - 1]
    if not line.page or line.font_size < _LARGE:
        return near
    return [each for each in following[:_MAX_BETWEEN] if each.font_size == line.font_size][: _MAX_LINES - 1]


def _over_lines(line: Line, below: Sequence[Line]) -> Iterator[tuple[str, int]]:
    """A name that is set large over two lines or three, and over how many."""
    text = line.text.partition("\t")[0]
    for count, (above, lower) in enumerate(pairwise((line, *below)), 2):
        if not _same_look(above, lower) or names_role_not_person(lower.text):
            return
        text = joined(text, lower.text.partition("\t")[0])
        if (name := _as_name(text)) and not name.endswith("-"):
            yield name, count


def _agreement(name: str, local_part: str) -> float:
    """How many of the name's words the mail address repeats; an initial of the first counts a little."""
    if not local_part:
        return 0.0
    words = [word for word in folded(name).split() if len(word) > 2]
    said = sum(word in local_part for word in words)
    return _REPEATED * min(2, said) - (_UNREPEATED * max(0, len(words) - 3) if said else 0)


def _same_look(line: Line, below: Line) -> bool:
    """May two lines be one name, set large?"""
    if line.font_size < _LARGE or below.y0 - line.y0 > _PITCH * line.font_size:
        return False
    return (line.font_size, line.page, line.column) == (below.font_size, below.page, below.column)


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
    text = _PRONOUNS.sub("", _DOCUMENT_TITLE_BEHIND.sub("", text))
    if _SPACED.fullmatch(text):
        text = _closed_up(text)
    text = _in_order(_without_post_nominals(_CALLED.sub(" ", text)))
    words = text.split()
    if (
        len(words) < 2
        or sum(not _is_particle(word) for word in words) > _MAX_WORDS
        or kind_of_heading(text)
        or not all(map(_is_name_word, words))
    ):
        return None
    if (_is_particle(words[-1]) and words[-1].islower()) or (
        is_place(text) and (len(words) < 3 or "," in text)
    ):
        return None
    return _in_usual_capitals(text)


def _in_order(text: str) -> str:
    """``Ann Lee`` of ``Lee, Ann``; where the surname comes first without a comma it cannot be told."""
    surname, mark, first = text.partition(",")
    if not mark or "," in first or not first.strip() or len(first.split()) > 3:
        return text
    if first.casefold().strip(" .") in _SUFFIXES:
        return f"{surname.strip()} {first.strip()}"
    if names_role(first) or is_place(text) or is_place(first):
        return text
    return f"{first.strip()} {surname.strip()}"


def _closed_up(text: str) -> str:
    """``ANN LEE`` of ``A N N  L E E``: words are parted by wider gaps."""
    return " ".join(word.replace(" ", "") for word in re.split(r"\s{2,}", text))


def _without_post_nominals(text: str) -> str:
    """``Ann Lee`` of ``Ann Lee, PhD, RN`` and ``Ann Lee MBA``; surnames such as Ma and Ba stay.

    After a comma, letters that nobody knows go with those that are known, and alone if they are set
    otherwise than the name.
    """
    pieces = text.split(",")
    while len(pieces) > 2 and all(_is_post_nominal(word) or word.isupper() for word in pieces[-1].split()):
        pieces.pop()
    text = ",".join(pieces) if not text.isupper() else text
    name, _, tail = text.partition(",")
    letters = tail.replace(",", " ").split()
    if " " in name.strip() and letters and country_of(name) is None:
        like_letters = all(_is_post_nominal(word) or _is_set_as_letters(word) for word in letters)
        if like_letters and (any(map(_is_post_nominal, letters)) or not name.isupper()):
            text = name
    words = text.split()
    while len(words) > 2 and _is_post_nominal(words[-1]) and _ends_name(words):
        words.pop()
    return " ".join(words)


def _ends_name(words: Sequence[str]) -> bool:
    """Is the last word, which may be letters after the name, set as such and not as the name is?"""
    last = words[-1].strip(".")
    return "." in last or (not " ".join(words).isupper() and last != last.title())


def _is_post_nominal(word: str) -> bool:
    return word.strip("(),").replace(".", "").casefold() in _POST_NOMINALS


def _is_set_as_letters(word: str) -> bool:
    """``MRICS``, ``PgMP``, ``(Hons)``, ``B.Ed.``, ``SHRM-CP``; not ``McLean``."""
    if word[-1] == ")" or word.isupper():
        return True
    return (
        sum(map(str.isupper, word)) > 1 and not word.startswith(("Mc", "Mac", "O'", "O’")) and "-" not in word
    )


def _is_particle(word: str) -> bool:
    return word.casefold().replace("’", "'").strip(".,") in _PARTICLES


def _is_name_word(word: str) -> bool:
    if _is_particle(word) or word.casefold().strip(".,") in _SUFFIXES:
        return True
    bare = word.strip("(),\"“”'’‘`´.")
    if not bare or not _WORD.fullmatch(bare):
        return False
    first, *more = _INNER_MARK.split(bare)
    return first[:1].isupper() or (len(first) < 6 and any(part[:1].isupper() for part in more))


def _in_usual_capitals(text: str) -> str:
    return " ".join(word.title() if word.isupper() and _is_long(word) else word for word in text.split())


def _is_long(word: str) -> bool:
    """Longer than an initial or a suffix such as III."""
    bare = word.strip(".,")
    return len(bare) > 1 and "." not in bare and bare.casefold() not in _SUFFIXES
