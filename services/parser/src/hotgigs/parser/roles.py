"""Job titles: the words by which one is known."""

import re
from functools import lru_cache
from typing import Literal

from hotgigs.parser.organisations import NAME_END, organisation_at
from hotgigs.parser.vocabulary import any_of, load

_WORDS = frozenset(load("roles")["words"])
_ENDINGS = tuple(load("roles")["endings"])
_PHRASES = re.compile(rf"(?<!\w){any_of(load('roles')['phrases'])}(?!\w)")
_SURNAMES = frozenset(load("roles")["surnames"])
_SURNAME_ENDINGS = tuple(load("roles")["surname_endings"])
_LEVELS = frozenset(load("roles")["levels"])
_WORD = re.compile(r"[^\W\d_][\w-]*")


@lru_cache(maxsize=4096)
def names_role(text: str) -> bool:
    """Does one of its words name what a person is at work?"""
    folded = text.casefold()
    return any(map(_is_role, _WORD.findall(folded))) or bool(_PHRASES.search(folded))


@lru_cache(maxsize=4096)
def role_at(text: str) -> Literal["head", "inside"] | None:
    """Whether such a word is the main noun of the text, or stands inside it; several persons are no role.

    Main nouns are the first or the last word before a preposition, levels such as Senior or II aside.
    """
    words = _WORD.findall(NAME_END.split(text.casefold(), maxsplit=1)[0])
    while len(words) > 1 and words[-1] in _LEVELS:
        words.pop()
    while len(words) > 1 and words[0] in _LEVELS:
        words.pop(0)
    if words and (_is_singular_role(words[-1]) or _is_singular_role(words[0])):
        return "head"
    folded = text.casefold()
    is_inside = any(map(_is_singular_role, _WORD.findall(folded))) or _PHRASES.search(folded)
    return "inside" if is_inside else None


@lru_cache(maxsize=1024)
def names_role_not_person(text: str) -> bool:
    """As `names_role`, where a word that is a common surname as well tells nothing: Baker, Zimmermann."""
    words = _WORD.findall(text.casefold())
    if words and all(map(_is_role, words)):
        return True
    return any(
        _is_role(word) and word not in _SURNAMES and (word in _WORDS or not word.endswith(_SURNAME_ENDINGS))
        for word in words
    )


def _is_singular_role(word: str) -> bool:
    return _is_role(word) and (word in _WORDS or not word.endswith("s"))


@lru_cache(maxsize=4096)
def _is_role(word: str) -> bool:
    if word in _WORDS or word.removesuffix("s") in _WORDS:
        return True
    if "-" in word and any(part in _WORDS for part in word.split("-")):
        return True
    return len(word) > 7 and word.endswith(_ENDINGS) and organisation_at(word) is None
