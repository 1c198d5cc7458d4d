"""A skill's names in running text: whole words, under any alias."""

import re
from collections.abc import Iterator

from hotgigs.parser.skill_vocabulary import known_skill
from hotgigs.parser.vocabulary import load

_ORDINARY = frozenset(load("skills")["everyday"]["words"])
_CHUNK = re.compile(r"\.?\w[\w+#.&'’-]*")
_TRAILING = ".-&'’"
_SHORT = 2
"""Letters; such a part of a hyphenated word is no word of its own: "C-level" does not name C."""
_MARK = "\x00"


def canonical_name(name: str) -> str:
    """In lower case, without what stands in brackets; one for all aliases of a skill."""
    known = known_skill(name)
    return known.canonical.casefold() if known else _key(name)


def phrases_of(name: str) -> frozenset[str]:
    """What to look for in `folded` text: each of the names, as folded."""
    known = known_skill(name)
    names = {_key(name), *(alias.casefold() for alias in (known.aliases if known else ()))}
    folded_names = (" ".join(_parts_of(one)) for one in names)
    return frozenset(f" {words} " for words in folded_names if words)


def folded(text: str) -> str:
    """Words in lower case between single spaces, a space at both ends. Words that are only sometimes a
    skill ("go", "excel") are kept only inside of the text and capitalised, as names are."""
    return f" {' '.join(_words(text))} "


def _key(name: str) -> str:
    return " ".join(name.partition("(")[0].casefold().split())


def _words(text: str) -> Iterator[str]:
    for chunk in _CHUNK.finditer(text):
        word = chunk[0].rstrip(_TRAILING)
        if word.casefold() in _ORDINARY and (word.islower() or not chunk.start()):
            yield _MARK
        else:
            yield from _parts(word.casefold())


def _parts_of(text: str) -> Iterator[str]:
    for chunk in _CHUNK.findall(text):
        yield from _parts(chunk.rstrip(_TRAILING))


def _parts(word: str) -> Iterator[str]:
    parts = word.split("-")
    if len(parts) == 1:
        yield word
        return
    yield from (f"-{part}" if len(part) <= _SHORT else part for part in parts)
