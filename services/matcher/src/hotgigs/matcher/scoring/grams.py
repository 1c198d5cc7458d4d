"""Runs of words as numbers, so that names are looked up in many texts at once.

A run of up to four words is a 64-bit hash of its letters, digits, ``+`` and ``#`` without what stands between
them and without a plural s, so that ``Spring Boot``, ``spring-boot`` and ``SpringBoot`` are one. What a name
must be written like to count ("Go", "Excel") is looked up among runs of capitalised words, hashed apart.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from hotgigs.skills.mentions import Prose, names_of

Hashes = NDArray[np.uint64]

_MOST_WORDS = 4
_MOST_GRAMS = 2_000
"""Of one job."""
_MIN_PLURAL = 5
_HOLLOW = re.compile(
    r"a|an|the|of|in|on|at|to|for|and|or|with|by|from|as|is|are|was|were|be|been|it|its|this|that|their|our|my"
    r"|der|die|das|und|oder|im|mit|von|für|le|la|les|de|des|du|et|ou|en|y|o|el|los|las|con|para|por|e|do"
)
_ANY_CASE, _OWN_CASE, _ITEM = b"text", b"name", b"item"


def grams_of(texts: Iterable[str], titles: Iterable[str] = ()) -> Hashes:
    """Of all runs of one to four words within one of the texts, sorted and each once; ``titles`` are texts
    whose first word has a capital by right."""
    found: set[int] = set()
    for prose in (*(Prose(text) for text in texts), *(Prose("", [title]) for title in titles)):
        found.update(_hashed(_ANY_CASE, run) for run in _runs(prose.words))
        found.update(_hashed(_OWN_CASE, run) for run in _runs(prose.capitalised))
    return np.array(sorted(found)[:_MOST_GRAMS], np.uint64)


def names_in_text(skill: str) -> set[int]:
    """What a text that mentions the skill, under any of its names, has one of among its grams."""
    names = names_of(skill)
    return {
        *(_hashed(_ANY_CASE, _run(phrase.split())) for phrase in names.in_any_case),
        *(_hashed(_OWN_CASE, _run(phrase.split())) for phrase in names.in_own_case),
    }


def item(key: str) -> int:
    """Of the key of a skill that is listed."""
    return _hashed(_ITEM, key)


def items_of(keys: Iterable[str]) -> Hashes:
    """Sorted and each once."""
    return np.array(sorted(set(map(item, keys))), np.uint64)


def _runs(words: Sequence[str | None]) -> Iterator[str]:
    """Neither beginning nor ending with a hollow word, nor over a gap, which is None."""
    for start, first in enumerate(words):
        if first is None or _HOLLOW.fullmatch(first):
            continue
        run = ""
        for word in words[start : start + _MOST_WORDS]:
            if word is None:
                break
            run += _singular(word)
            if not _HOLLOW.fullmatch(word):
                yield run


def _run(words: Iterable[str]) -> str:
    return "".join(map(_singular, words))


def _singular(word: str) -> str:
    return word[:-1] if len(word) >= _MIN_PLURAL and word[-1] == "s" and word[-2] != "s" else word


def _hashed(kind: bytes, text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8, person=kind).digest(), "little")
