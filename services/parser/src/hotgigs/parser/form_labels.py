"""Labels of forms, known by the words that they are made of: "Name and address of employer"."""

import re
from functools import lru_cache

from hotgigs.parser.vocabulary import load

_FIELDS: dict[str, frozenset[str]] = {
    field: frozenset(words) for field, words in load("forms")["fields"].items()
}
_KNOWN_WORDS = frozenset[str]().union(*_FIELDS.values())
_WHOLE = frozenset(
    label
    for vocabulary in (load("labels")["job"], load("education")["labels"], load("certifications")["labels"])
    for labels in vocabulary.values()
    for label in labels
)
_FILLERS = frozenset(load("forms")["fillers"]["words"])
_MAX_CHARS = 60
_MAX_WORDS = 8
_MIN_DIGITS = 2
"""So many are a date or a grade."""
_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-z])[.)]{1,2}\s{0,3}", re.IGNORECASE)
_HINT = re.compile(r"\([^()]{0,40}\)")
_LETTERS = re.compile(r"[^\W\d_]")
_BETWEEN = re.compile(r"[\s/,&+–]{1,4}|\s-\s")


@lru_cache(maxsize=4096)
def fields_of(text: str) -> tuple[str, ...]:
    """What a label asks for, in order of precedence; empty of a text that is not a label.

    Numbers before it, hints in brackets and marks after it are no part of it. A word such as "du", which
    stands in labels of other things as well, tells only where it stands alone.
    """
    if len(text) > _MAX_CHARS or "@" in text:
        return ()
    text = _HINT.sub(" ", text.replace("’", "'").casefold())
    number = _NUMBER.match(text)
    text = (text[number.end() :] if number else text).strip(" \t.:*_-–#")
    words = _words(text)
    if sum(map(str.isdigit, text)) >= _MIN_DIGITS or not words or len(words) > _MAX_WORDS:
        return ()
    telling = [word for word in words if word not in _FILLERS] or words
    if not all(word in _KNOWN_WORDS for word in telling):
        return ()
    return tuple(field for field, known in _FIELDS.items() if not known.isdisjoint(telling))


def is_label(text: str) -> bool:
    return bool(fields_of(text)) or text.casefold().strip(" .:*") in _WHOLE


def _words(text: str) -> list[str]:
    found = []
    for word in _BETWEEN.split(text):
        bare = word.strip(".:;*-()")
        if not _LETTERS.search(bare):
            continue
        head, mark, rest = bare.partition("'")
        # French articles: d'emploi, l'employeur.
        found.append(rest if mark and len(head) < 3 and len(rest) > 2 else bare)
    return found
