"""Section headings: what kind of section a heading opens."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, get_args

from hotgigs.parser.heading_spelling import Speller, spellings_without_accents
from hotgigs.parser.vocabulary import load

SectionKind = Literal[
    "references", "volunteering", "publications", "awards", "projects", "interests", "personal",
    "affiliations", "languages", "certifications", "training", "education", "skills", "experience",
    "summary", "contact", "other", "title",
]  # fmt: skip
"""``title`` is the document's own title, such as Curriculum Vitae; ``other`` holds nothing we read."""

MAX_HEADING_CHARS = 60
_MAX_HEADING_WORDS = 7
_READ_FIRST: tuple[SectionKind, ...] = ("experience", "education", "skills", "certifications", "languages")
"""Of a heading that names several kinds, these are what its section is read as."""

_VOCABULARY = load("headings")
_AMPERSAND = re.compile(r"\s*[&+/]\s*")
_NOT_WORDS = re.compile(r"[^\w'’ -]+|_")
_NUMBERING = re.compile(
    r"\W{0,3}(?:(?:section|part|teil|abschnitt|partie|secci[oó]n|seção|parte|sezione|deel)\s\w{1,4}\s?[.):–-]"
    r"|(?:[ivxIVX]{1,4}|[A-Ha-h])[.):])\W{0,4}(?=\w\w)",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\((?:[a-z\d][^()]{0,40}|CEFR|GER|MCER|QECR|CECRL|QCER|ERK|Auszug|Auswahl)\)")
_BLANKS = re.compile(r"\s+")
_CONTINUED = re.compile(r"(?<=\w) (?:continued|cont ?'?d?|fortsetzung|suite|continuación|continuação)$")
_ANDS = frozenset(("and", "und", "et", "y", "e"))


def normalised(text: str) -> str:
    """Lower case, ``and`` for an ampersand, without numbering, icons and punctuation."""
    numbering = _NUMBERING.match(text)
    text = _AMPERSAND.sub(" and ", text[numbering.end() :] if numbering else text)
    return _BLANKS.sub(" ", _NOT_WORDS.sub(" ", text)).strip(" -'’0123456789").casefold().replace("’", "'")


def _by_heading(key: str) -> dict[str, SectionKind]:
    return {normalised(text): kind for kind in get_args(SectionKind) for text in _VOCABULARY[kind][key]}


_EXACT = _by_heading("exact")
_COMPACT = {heading.replace(" ", ""): kind for heading, kind in _EXACT.items()}
_PLAIN = {spelling: kind for text, kind in _EXACT.items() for spelling in spellings_without_accents(text)}
_ALONE = _by_heading("alone")
_ALONE_COMPACT = {heading.replace(" ", ""): kind for heading, kind in _ALONE.items()}
_WORDS: tuple[tuple[SectionKind, frozenset[str]], ...] = tuple(
    (kind, frozenset(_VOCABULARY[kind]["words"])) for kind in get_args(SectionKind)
)
_PARTS: tuple[tuple[SectionKind, frozenset[str]], ...] = tuple(
    (kind, words | frozenset(_VOCABULARY[kind]["parts"])) for kind, words in _WORDS
)
_ENDINGS: tuple[tuple[SectionKind, tuple[str, ...]], ...] = tuple(
    (kind, tuple(_VOCABULARY[kind]["endings"])) for kind in get_args(SectionKind)
)
_STEMS: tuple[tuple[SectionKind, tuple[str, ...]], ...] = tuple(
    (kind, tuple(_VOCABULARY[kind]["stems"])) for kind in get_args(SectionKind)
)
_BESIDE = frozenset((*_VOCABULARY["connectives"], *_VOCABULARY["modifiers"]))
_LONG_WORDS = frozenset(word for _, words in _PARTS for word in words if len(word) > 3) | frozenset(
    word for word in _BESIDE if len(word) > 3 or word in ("and", "und", "of", "et")
)
_SPELLER = Speller(sorted({word for _, words in _PARTS for word in words} | _BESIDE))


@lru_cache(maxsize=4096)
def kind_of_heading(text: str) -> SectionKind | None:
    """The kind of a heading that is in the vocabulary as it stands; None for any other text."""
    if len(text) > MAX_HEADING_CHARS:
        return None
    heading = _CONTINUED.sub("", normalised(text))
    # Letter-spaced headings arrive with their words closed up, or in single letters.
    return _EXACT.get(heading) or _COMPACT.get(heading.replace(" ", "")) or _PLAIN.get(heading)


@lru_cache(maxsize=4096)
def kind_when_set_off(text: str) -> SectionKind | None:
    """The kind of a heading made of nothing but the words of headings, as "Further Academic Studies".

    Such a text may be a label or an item as well, so it counts only where it looks like a heading.
    """
    if len(text) > MAX_HEADING_CHARS:
        return None
    heading = _CONTINUED.sub("", normalised(_IN_BRACKETS.sub("", text)))
    kind = _ALONE.get(heading) or _ALONE_COMPACT.get(heading.replace(" ", ""))
    if kind or not heading:
        return kind
    return (
        _kind_of_words(heading.split())
        or _kind_of_words(_segmented(heading.replace(" ", "")))
        or _kind_of_misspelt(heading.split())
    )


def _kind_of_misspelt(words: list[str]) -> SectionKind | None:
    spelt = [_SPELLER.known(word) or word for word in words]
    if spelt == words:
        return None
    return _EXACT.get(" ".join(spelt)) or _kind_of_words(spelt)


def _kind_of_words(words: list[str]) -> SectionKind | None:
    """None unless all of them are words of headings."""
    if not words or len(words) > _MAX_HEADING_WORDS:
        return None
    kinds: list[SectionKind] = []
    for part in _parts(words):
        named = [found for word in part if (found := _kind_of_word(word))]
        if not all(_kind_of_word(word) or word in _BESIDE or word.endswith("-") for word in part):
            return None
        if named:
            kinds.append(min(named, key=get_args(SectionKind).index))
        elif part is not words and "experience" in map(_kind_of_word, words):
            kinds.append("experience")
    if "training" in kinds and kinds[0] not in _READ_FIRST:
        kinds.insert(0, "training")
    return next((kind for kind in kinds if kind in _READ_FIRST), kinds[0] if kinds else None)


@lru_cache(maxsize=4096)
def kind_by_words(text: str) -> SectionKind | None:
    """The kind that the words of a heading suggest; only for text that is set off as a heading."""
    words = normalised(text).split()
    if len(words) > _MAX_HEADING_WORDS:
        return None
    return next((kind for kind, clues in _WORDS if not clues.isdisjoint(words)), None)


def _segmented(letters: str) -> list[str]:
    """The fewest words of headings that make up letters whose spaces are lost or wrong; else none."""
    fewest: dict[int, list[str]] = {0: []}  # by where they end, in ascending order
    for end in range(1, len(letters) + 1):
        found: list[str] | None = None
        for begin, before in fewest.items():
            word = letters[begin:end]
            if word in _LONG_WORDS and (found is None or len(before) + 1 < len(found)):
                found = [*before, word]
        if found is not None:
            fewest[end] = found
    return fewest.get(len(letters), [])


def _parts(words: list[str]) -> Iterator[list[str]]:
    """What "and" parts: "work and volunteer experience" is of two kinds."""
    if _ANDS.isdisjoint(words):
        yield words
        return
    part: list[str] = []
    for word in (*words, "and"):
        if word not in _ANDS:
            part.append(word)
        elif part:
            yield part
            part = []


def _kind_of_word(word: str) -> SectionKind | None:
    for kind, clues in _PARTS:
        if word in clues:
            return kind
    ended = next((kind for kind, endings in _ENDINGS if endings and word.endswith(endings)), None)
    return ended or next((kind for kind, stems in _STEMS if stems and word.startswith(stems)), None)
