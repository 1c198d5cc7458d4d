"""The level of a degree, read from however it is written."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from msgspec import Struct

from hotgigs.contracts.job_state import EducationLevel

LEVELS: tuple[EducationLevel, ...] = ("none", "high_school", "associate", "bachelor", "master", "doctorate")
"""The lowest first; the place of a level is its index."""

_LONGEST = 300
"""Characters of a degree that are read."""
_MOST_WORDS = 6
_LETTERS = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ß": "ss"})
_APOSTROPHES = re.compile(r"['’`´]")
_INITIALS = re.compile(r"(?<!\w)(?:(?:\w{1,2}\. ?){2,5}|\w{1,2}(?:\. ?[A-Z]\w?|\.\w{1,2}){1,4}\.?)(?!\w)")
_TOKEN = re.compile(r"[^\W_]+(?:\+\d)?|\+")
_ENTRY_BEFORE: Mapping[EducationLevel, EducationLevel] = {
    "doctorate": "master",
    "master": "bachelor",
    "bachelor": "high_school",
    "associate": "high_school",
    "high_school": "none",
}


class Degree(Struct, frozen=True):
    """``level`` is what it leads to; it may not be held, or not yet."""

    level: EducationLevel
    is_held: bool

    @property
    def proves(self) -> EducationLevel:
        """The level that its holder or student has: who studies for a degree has what that asks for."""
        return self.level if self.is_held else _ENTRY_BEFORE[self.level]


class _Phrases(Struct, frozen=True):
    """``whole`` by their words, ``begun`` by what their last word begins with; what each stands for."""

    whole: Mapping[str, str]
    begun: Mapping[str, str]

    def find(self, words: list[str], at: int) -> tuple[str, int] | None:
        """What the longest phrase at that word stands for, and how many words it has."""
        for length in range(min(_MOST_WORDS, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + length])
            if phrase in self.whole:
                return self.whole[phrase], length
            last = len(words[at + length - 1])
            for cut in range(len(phrase), len(phrase) - last, -1):
                if phrase[:cut] in self.begun:
                    return self.begun[phrase[:cut]], length
        return None


def level_of(degree: str) -> EducationLevel | None:
    """The highest that is named and held. None where no level is named, or none that is held yet."""
    read = read_degree(degree)
    return read.level if read and read.is_held else None


@lru_cache(maxsize=4096)
def read_degree(degree: str) -> Degree | None:
    """The highest that is named; None for a text that names none, as of a course or a stay abroad."""
    degree = degree[:_LONGEST]
    words, printed = _words(degree)
    found = [*_levels(words, printed), *_unspaced(degree)]
    if not found:
        return None
    level = max(found, key=LEVELS.index)
    return Degree(level, not _names_any(words, _unheld()))


def _levels(words: list[str], printed: list[str]) -> Iterator[EducationLevel]:
    at = 0
    while at < len(words):
        found = _phrases().find(words, at)
        if found is None or (found[1] == 1 and _is_everyday(words[at], printed[at], at)):
            at += 1
            continue
        stands_for, length = found
        at += length
        if stands_for == "diplom":
            yield (
                "bachelor" if any(_applied().find(words, after) for after in range(len(words))) else "master"
            )
        elif stands_for != "none":
            yield _level(stands_for)


def _names_any(words: list[str], phrases: _Phrases) -> bool:
    return any(phrases.find(words, at) for at in range(len(words)))


def _is_everyday(word: str, printed: str, at: int) -> bool:
    return at > 0 and printed == printed.lower() and (len(word) <= 2 or word in _data()["everyday"])


def _unspaced(text: str) -> Iterator[EducationLevel]:
    if text.isascii():
        return
    small = text.casefold()
    for level, parts in _data()["unspaced"].items():
        if any(part in small for part in parts):
            yield _level(level)


def _level(name: str) -> EducationLevel:
    return LEVELS[LEVELS.index(name)]


def _words(text: str) -> tuple[list[str], list[str]]:
    """Folded, and as printed, one for one. Letters that dots part are one word: B. Sc., Ph.D."""
    joined = _INITIALS.sub(lambda found: f"{found[0].replace('.', '').replace(' ', '')} ", text)
    joined = _APOSTROPHES.sub("", joined)
    printed = _TOKEN.findall(joined)
    return [_folded(word) for word in printed], printed


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(char for char in apart if not unicodedata.combining(char))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("hotgigs.matcher.scoring").joinpath("degrees.toml").read_text("utf-8"))


@cache
def _phrases() -> _Phrases:
    names = (*LEVELS[1:], "none", "diplom")
    return _made((phrase, name) for name in names for phrase in _data()[name])


@cache
def _applied() -> _Phrases:
    return _made((phrase, "applied") for phrase in _data()["applied"])


@cache
def _unheld() -> _Phrases:
    return _made((phrase, "unheld") for phrase in _data()["unheld"]["words"])


def _made(phrases: Iterable[tuple[str, str]]) -> _Phrases:
    whole: dict[str, str] = {}
    begun: dict[str, str] = {}
    for phrase, name in phrases:
        (begun if phrase.endswith("*") else whole)[phrase.removesuffix("*")] = name
    return _Phrases(whole, begun)
