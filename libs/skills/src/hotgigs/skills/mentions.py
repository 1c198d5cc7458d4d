"""Where running text names a skill: whole words, under any of its names."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from hotgigs.skills.vocabulary import EVERYDAY, folded, known_term

SHORT = 3
"""Names of so many letters or fewer are found in their own case only, as `EVERYDAY` is."""

_TOKEN = re.compile(r"[\w+#]+(?:[-&'’.][\w+#]+)*|[.!?:;\n]")
_PARTS = re.compile(r"[\w+#]+")
_BRACKETS = re.compile(r"[(\[].*")
_SMALL = "·"


class Names(Struct, frozen=True):
    """In lower case, the words between single blanks, a blank at both ends."""

    in_any_case: tuple[str, ...]
    in_own_case: tuple[str, ...]


@lru_cache(maxsize=4096)
def names_of(skill: str) -> Names:
    """The printed name, without what stands in brackets, and its aliases."""
    known = known_term(skill)
    names = (_BRACKETS.sub("", skill), *(known.aliases if known else ()))
    phrases = {" ".join(_PARTS.findall(folded(name))) for name in names} - {""}
    own = {phrase for phrase in phrases if (len(phrase) <= SHORT and phrase.isalpha()) or phrase in EVERYDAY}
    return Names(_spaced(phrases - own), _spaced(own))


class Prose:
    """Some text, so that whole words are found in it at once.

    A short or everyday name ("Go", "Excel") has to have a capital that is not its sentence's; each of
    ``titles`` is a text whose first word has a capital by right, as a job's title.
    """

    def __init__(self, text: str, titles: Sequence[str] = ()) -> None:
        whole = "\n".join((*titles, text))
        capitals = (
            *(word for title in titles for word in _capitals(title, first=False)),
            *_capitals(text, first=True),
        )
        self._folded = f" {' '.join(_PARTS.findall(folded(whole)))} "
        self._with_capitals = f" {' '.join(capitals)} "

    @property
    def words(self) -> list[str]:
        """All of them, folded."""
        return self._folded.split()

    @property
    def capitalised(self) -> list[str | None]:
        """Those that are written as names are, folded, and None for each of the others."""
        return [None if word == _SMALL else word for word in self._with_capitals.split()]

    def mentions(self, names: Names) -> int:
        """How often; two names of a skill in one place ("PostgreSQL database") may count twice."""
        return sum(map(self._folded.count, names.in_any_case)) + sum(
            map(self._with_capitals.count, names.in_own_case)
        )


def _spaced(phrases: Iterable[str]) -> tuple[str, ...]:
    return tuple(f" {phrase} " for phrase in phrases)


def _capitals(text: str, *, first: bool) -> Iterator[str]:
    """The words in lower case, a mark for each that has no capital, or has it as the first of a sentence.

    Words that hyphens or ampersands join stay one: neither R&D nor Go-to-market names a language.
    """
    for token in _TOKEN.findall(text):
        if not token[0].isalnum():
            first = True
            continue
        is_name = token != token.lower() and not (first and len(token) > 1 and token[1:] == token[1:].lower())
        yield folded(token) if is_name else _SMALL
        first = False
