"""Names of companies and institutions: the words and legal forms by which one is known."""

import re
from functools import lru_cache
from typing import Literal

from hotgigs.parser.vocabulary import any_of, load

_VOCABULARY = load("organisations")
_LEGAL_FORMS = frozenset(_VOCABULARY["legal_forms"])
_WORDS = frozenset(_VOCABULARY["words"])
_AREAS = frozenset(_VOCABULARY["areas"])
_ENDINGS = tuple(_VOCABULARY["endings"])
_SELF_EMPLOYED = frozenset(_VOCABULARY["self_employed"])
_AND_OTHERS = re.compile(
    rf"(?:&|\+|\s(?:and|und|et|y|e|en))\s{any_of(_VOCABULARY['and_others'])}\.?$", re.IGNORECASE
)
_BRACKET = re.compile(r"\s?\([^()]*\)$")
_WORD = re.compile(r"[^\W\d_][\w-]*")
_STATE = re.compile(r",\s(?:CO|ME)$")
"""Colorado and Maine, which are written as legal forms are."""
NAME_END = re.compile(
    r"[,;(/|]|\s(?:of|for|in|at|and|&|de|del|des|du|da|do|der|die|das|für|von|pour|para|y|et|und|e|di|van|voor|-|–)\s"
)
"""What ends the words that a name's main noun is the first or the last of."""


def is_legal_form(text: str) -> bool:
    return text.casefold().strip(" .") in _LEGAL_FORMS


@lru_cache(maxsize=4096)
def ends_with_legal_form(text: str) -> bool:
    """``Acme GmbH``, ``Acme Pvt. Ltd.``, ``Acme & Sons``; not a legal form alone."""
    text = _BRACKET.sub("", text)
    if _STATE.search(text):
        return False
    words = text.casefold().split()
    return bool(_AND_OTHERS.search(text)) or any(
        " ".join(words[-count:]).strip(" .,") in _LEGAL_FORMS for count in (1, 2, 3) if len(words) > count
    )


@lru_cache(maxsize=4096)
def names_organisation(text: str) -> bool:
    """Does one of its words name a kind of organisation, or does it end with a legal form?"""
    return ends_with_legal_form(text) or any(map(_is_organisation, _WORD.findall(text.casefold())))


@lru_cache(maxsize=4096)
def organisation_at(text: str) -> Literal["head", "inside"] | None:
    """Whether a word for a kind of organisation is the main noun of the name, or stands inside it."""
    head = _WORD.findall(NAME_END.split(text.casefold(), maxsplit=1)[0])
    if head and (_is_organisation(head[-1]) or _is_organisation(head[0])):
        return "head"
    return "inside" if any(map(_is_organisation, _WORD.findall(text.casefold()))) else None


@lru_cache(maxsize=4096)
def could_be_department(text: str) -> bool:
    """Is it called after an area of work, as departments are as well as companies?"""
    named = [word for word in _WORD.findall(text.casefold()) if _is_organisation(word)]
    return bool(named) and all(word in _AREAS for word in named) and not ends_with_legal_form(text)


@lru_cache(maxsize=1024)
def self_employed(text: str) -> bool:
    return text.casefold().strip(" ().") in _SELF_EMPLOYED


def _is_organisation(word: str) -> bool:
    return word in _WORDS or (len(word) > 6 and word.endswith(_ENDINGS))
