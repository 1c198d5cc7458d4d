"""Keys of skills: two texts that name one skill have one key, whether the vocabulary knows it or not."""

import re
from collections.abc import Iterator
from functools import lru_cache

from hotgigs.skills.vocabulary import by_key, known_term, squeezed

_LONGEST = 200
"""Characters of a text that are read."""
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_BETWEEN = re.compile(r"\s?[,;|•·]\s?|\s?/\s?|\s[+&]\s|\s(?:and|or|und|oder|et|ou|y|o|e|en)\s", re.IGNORECASE)
_MIN_PLURAL = 6


def key_of(name: str) -> str:
    """Of the whole text as one skill: small letters, digits, + and #. It is its own key.

    Empty where there is no letter or digit."""
    name = name[:_LONGEST]
    known = known_term(name)
    if known:
        return squeezed(known.canonical)
    key = squeezed(_BRACKETS.sub(" ", name)) or squeezed(name)
    return key[:-1] if len(key) > _MIN_PLURAL and key[-1] == "s" and key[-2] != "s" else key


def name_of(key: str) -> str | None:
    """The vocabulary's name of a skill, None where it does not know it."""
    known = by_key(key)
    return known.canonical if known else None


@lru_cache(maxsize=8192)
def keys_of(text: str) -> tuple[str, ...]:
    """What a printed skill names, itself first: ``Kubernetes (EKS, Helm)`` is three skills.

    Parts of it that the vocabulary does not know are none of their own."""
    text = text[:_LONGEST]
    return tuple(dict.fromkeys(filter(None, (key_of(text), *_parts(text)))))


def _parts(text: str) -> Iterator[str]:
    outside = _BRACKETS.sub(" ", text)
    inside = _BRACKETS.findall(text)
    if inside and (known := known_term(outside.strip())):
        yield squeezed(known.canonical)
    for piece in (*inside, *([] if known_term(outside.strip()) else [outside])):
        for part in (piece, *_BETWEEN.split(piece)):
            if len(part) > 1 and (known := known_term(part.strip())):
                yield squeezed(known.canonical)
