"""Job titles: the words by which one is known."""

import re
from functools import lru_cache

from hotgigs.parser.vocabulary import load

_WORDS = frozenset(load("roles")["words"])
_ENDINGS = tuple(load("roles")["endings"])
_WORD = re.compile(r"[^\W\d_][\w-]*")


@lru_cache(maxsize=4096)
def names_role(text: str) -> bool:
    """Does one of its words name what a person is at work?"""
    return any(map(_is_role, _WORD.findall(text.casefold())))


def _is_role(word: str) -> bool:
    if word in _WORDS or word.removesuffix("s") in _WORDS:
        return True
    if "-" in word and any(part in _WORDS for part in word.split("-")):
        return True
    return len(word) > 7 and word.endswith(_ENDINGS)
