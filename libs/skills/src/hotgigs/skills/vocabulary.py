"""The skills that are known by name: their canonical names, aliases and categories."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from msgspec import Struct

from hotgigs.skills.data import load

LEVELS: Mapping[str, Sequence[str]] = load("levels")
"""The words that state how well a skill is known, by the level that they state."""
EVERYDAY = frozenset(load("everyday")["words"])
"""Names that are words of everyday language too."""
_FILES = ("names", "technology", "health", "business", "industry", "services", "spoken", "elsewhere")
"""A skill is of the category that it first stands in; further names may stand in a later file."""
_SPOKEN = "Languages"
_NOT_KEY = re.compile(r"[^\w+#]|_")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_VERSION = re.compile(r"[\s,/-]{1,3}(?:v\.?\s?)?\d[\d.x]{0,6}(?:\s?(?:\+|lts|ce|ee))?$", re.IGNORECASE)
_LEVEL_OF = {word: level for level, words in LEVELS.items() for word in words}
_LEVEL = "|".join(map(re.escape, sorted(_LEVEL_OF, key=len, reverse=True)))
_LEVEL_BEFORE = re.compile(rf"^({_LEVEL})\s+(?=\S)", re.IGNORECASE)
_LEVEL_AFTER = re.compile(rf"\s+({_LEVEL})$", re.IGNORECASE)
_SUFFIX = re.compile(
    r"[\s-]+(?:skills?|knowledge|kenntnisse|programming|proficiency|basics|software|systems?|tools?|languages?|[abc][12])$",
    re.IGNORECASE,
)
_QUALIFIER = re.compile(rf"\s(?:{'|'.join(map(re.escape, load('qualifiers')['words']))})$", re.IGNORECASE)
_MAX_CHARS = 80
_MIN_PLURAL = 6
"""Characters: of shorter names a final s is part of the name, as in AWS."""


class KnownSkill(Struct, frozen=True):
    """``aliases`` has the canonical name too."""

    canonical: str
    category: str
    aliases: tuple[str, ...]


def known_skill(name: str) -> KnownSkill | None:
    """The skill of that name, whatever the case, accents, punctuation, version or level of its print.

    A language that people speak is none of these skills; `known_term` knows it too."""
    known = _found(name)[0]
    return None if known and known.category == _SPOKEN else known


def known_term(name: str) -> KnownSkill | None:
    """What a job may ask for under that name: a skill, a certificate in it, or a language."""
    return _found(name)[0] or _without_qualifier(name)


def canonical_name(name: str) -> str:
    """In lower case, without what stands in brackets; one for all aliases of a skill."""
    known = known_skill(name)
    return known.canonical.casefold() if known else " ".join(name.partition("(")[0].casefold().split())


def by_key(key: str) -> KnownSkill | None:
    """The skill one of whose names has been squeezed to that."""
    return _index().get(key)


@cache
def all_skills() -> tuple[KnownSkill, ...]:
    """In the order of the data."""
    return tuple(known for known in all_terms() if known.category != _SPOKEN)


def all_terms() -> tuple[KnownSkill, ...]:
    """Skills and languages, in the order of the data."""
    return tuple(dict.fromkeys(_index().values()))


def level_in_name(name: str) -> tuple[str, str] | None:
    """The level that is part of a known skill's printed name (as in Advanced Excel), and its word."""
    known, word = _found(name)
    return (_LEVEL_OF[word.casefold()], word) if known and known.category != _SPOKEN and word else None


@lru_cache(maxsize=4096)
def _without_qualifier(name: str) -> KnownSkill | None:
    shorter = _QUALIFIER.sub("", _BRACKETS.sub(" ", name[:_MAX_CHARS]).strip())
    return None if shorter == name or folded(shorter) in EVERYDAY else _found(shorter)[0]


@lru_cache(maxsize=4096)
def _found(name: str) -> tuple[KnownSkill | None, str]:
    """The skill, and the word in ``name`` that states a level, if it is known only without it."""
    if len(name) > _MAX_CHARS:
        return None, ""
    known = _by_spelling(name)
    if known:
        return known, ""
    for pattern in (_LEVEL_BEFORE, _LEVEL_AFTER):
        stated = pattern.search(name)
        if stated and (known := _by_spelling(pattern.sub("", name))):
            return known, stated[1]
    return None, ""


def _by_spelling(name: str) -> KnownSkill | None:
    outside = _BRACKETS.sub(" ", name).strip()
    inside = _BRACKETS.search(name)
    spellings = [name, outside, _VERSION.sub("", outside), _SUFFIX.sub("", outside)]
    if inside:
        spellings.append(inside[1])
    index = _index()
    for spelling in spellings:
        key = squeezed(spelling)
        known = index.get(key)
        if known is None and len(key) >= _MIN_PLURAL:
            known = index.get(key[:-1]) if key.endswith("s") else index.get(f"{key}s")
        if known:
            return known
    return None


@cache
def _index() -> dict[str, KnownSkill]:
    names: dict[str, list[str]] = {}
    category_of: dict[str, str] = {}
    for category, line in _lines():
        canonical, _, aliases = line.partition(":")
        category_of.setdefault(canonical, category)
        own = names.setdefault(canonical, [canonical])
        own += [alias.strip() for alias in aliases.split(",") if alias.strip()]
    found: dict[str, KnownSkill] = {}
    for canonical, own in names.items():
        known = KnownSkill(canonical, category_of[canonical], tuple(own))
        for name in own:
            found.setdefault(squeezed(name), known)
    return found


def _lines() -> Iterator[tuple[str, str]]:
    for file in _FILES:
        for category, lines in load(file).items():
            for line in lines.strip().splitlines():
                yield category, line


def squeezed(text: str) -> str:
    """What is compared of a name: its letters and digits, + and #."""
    return _NOT_KEY.sub("", folded(text).replace("&", "and"))


def folded(text: str) -> str:
    """Lower case, without accents; ``ß`` and ligatures in single letters."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))
