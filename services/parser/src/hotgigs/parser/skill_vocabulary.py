"""The skills that are known by name: their canonical names, aliases and categories."""

import re
import unicodedata
from functools import cache, lru_cache

from msgspec import Struct

from hotgigs.parser.vocabulary import any_of, load

_WORDS = load("skills")
_NOT_KEY = re.compile(r"[^\w+#]|_")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_VERSION = re.compile(r"[\s,/-]{1,3}(?:v\.?\s?)?\d[\d.x]{0,6}(?:\s?(?:\+|lts|ce|ee))?$", re.IGNORECASE)
_LEVEL_OF = {word: level for level, words in _WORDS["levels"].items() for word in words}
_LEVEL_BEFORE = re.compile(rf"^({any_of(_LEVEL_OF)})\s+(?=\S)", re.IGNORECASE)
_LEVEL_AFTER = re.compile(rf"\s+({any_of(_LEVEL_OF)})$", re.IGNORECASE)
_SUFFIX = re.compile(
    r"[\s-]+(?:skills?|knowledge|kenntnisse|programming|proficiency|basics|software|systems?|tools?)$",
    re.IGNORECASE,
)
_MAX_CHARS = 80
_MIN_PLURAL = 6
"""Characters: of shorter names a final s is part of the name, as in AWS."""


class KnownSkill(Struct, frozen=True):
    """``aliases`` has the canonical name too."""

    canonical: str
    category: str
    aliases: tuple[str, ...]


def known_skill(name: str) -> KnownSkill | None:
    """The skill of that name, whatever the case, accents, punctuation, version or level of its print."""
    return _found(name)[0]


def canonical_name(name: str) -> str:
    """In lower case, without what stands in brackets; one for all aliases of a skill."""
    known = known_skill(name)
    return known.canonical.casefold() if known else " ".join(name.partition("(")[0].casefold().split())


def level_in_name(name: str) -> tuple[str, str] | None:
    """The level that is part of a known skill's printed name (as in Advanced Excel), and its word."""
    known, word = _found(name)
    return (_LEVEL_OF[word.casefold()], word) if known and word else None


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
        key = _key(spelling)
        known = index.get(key)
        if known is None and len(key) >= _MIN_PLURAL:
            known = index.get(key[:-1]) if key.endswith("s") else index.get(f"{key}s")
        if known:
            return known
    return None


@cache
def _index() -> dict[str, KnownSkill]:
    found: dict[str, KnownSkill] = {}
    for category, lines in load("skill_names").items():
        for line in lines.strip().splitlines():
            canonical, _, aliases = line.partition(":")
            names = (canonical, *(alias.strip() for alias in aliases.split(",") if alias.strip()))
            known = KnownSkill(canonical, category, names)
            for name in names:
                found.setdefault(_key(name), known)
    return found


def _key(text: str) -> str:
    return _NOT_KEY.sub("", folded(text).replace("&", "and"))


def folded(text: str) -> str:
    """Lower case, without accents; ``ß`` and ligatures in single letters."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))
