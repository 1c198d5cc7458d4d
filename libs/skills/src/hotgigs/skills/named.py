"""Which skills of the vocabulary running text names."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from msgspec import Struct

from hotgigs.skills.data import load
from hotgigs.skills.mentions import SHORT
from hotgigs.skills.vocabulary import EVERYDAY, all_terms, folded, squeezed

_VAGUE = frozenset(load("everyday")["vague"])
_TOKEN = re.compile(r"[\w+#]+(?:[-&'’./][\w+#]+)*|[.!?:;,()]")
_PARTS = re.compile(r"[\w+#]+")
_LONGEST = 100_000
"""Characters of a text that are read."""


class _Name(Struct, frozen=True):
    key: str
    in_own_case: bool


def skills_in(text: str, *, is_title: bool = False) -> dict[str, int]:
    """How often each is named, by key, in the order of the text; of names in one place the longest counts.

    A short or everyday name ("Go", "Excel") has to have a capital that is not its sentence's; the first word
    of a title has one by right."""
    words = list(_words(text[:_LONGEST], is_title=is_title))
    names, longest = _names()
    found: dict[str, int] = {}
    at = 0
    while at < len(words):
        for length in range(min(longest.get(words[at][0], 0), len(words) - at), 0, -1):
            taken = words[at : at + length]
            name = names.get(" ".join(word for word, _ in taken))
            if name and (not name.in_own_case or all(capital for _, capital in taken)):
                found[name.key] = found.get(name.key, 0) + 1
                at += length
                break
        else:
            at += 1
    return found


def is_everyday(name: str) -> bool:
    """Whether it is a word that a sentence may well use for something else than the skill of that name."""
    return folded(name) in EVERYDAY or folded(name) in _VAGUE


@cache
def _names() -> tuple[Mapping[str, _Name], Mapping[str, int]]:
    """By their words in lower case; and of how many words those are at most that begin with a word."""
    names: dict[str, _Name] = {}
    longest: dict[str, int] = {}
    for skill in all_terms():
        for alias in skill.aliases:
            words = _PARTS.findall(folded(alias))
            phrase = " ".join(words)
            if not words or phrase in _VAGUE:
                continue
            in_own_case = phrase in EVERYDAY or (len(phrase) <= SHORT and phrase.isalpha())
            names.setdefault(phrase, _Name(squeezed(skill.canonical), in_own_case))
            longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return names, longest


def _words(text: str, *, is_title: bool) -> Iterator[tuple[str, bool]]:
    """In lower case, and whether it has a capital of its own; an empty word for a mark between them.

    Words that hyphens or ampersands join are parts of a name, and none has a capital of its own: neither R&D
    nor Go-to-market names a language."""
    first = not is_title
    for printed in _TOKEN.findall(text):
        if not printed[0].isalnum():
            yield "", False
            first = first or printed in ".!?:;"
            continue
        parts = _PARTS.findall(folded(printed))
        capital = printed != printed.lower() and not (
            first and printed[1:] == printed[1:].lower() and len(printed) > 1
        )
        for part in parts:
            yield part, capital and len(parts) == 1
        first = False
