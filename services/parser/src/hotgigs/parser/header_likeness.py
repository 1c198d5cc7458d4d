"""How much a text of a job's header looks like its title, its company, its place, or none of them.

Weights are about equal to the logarithm of odds: above 2 is as good as certain, below 0 speaks against.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from hotgigs.parser.organisations import (
    could_be_department,
    ends_with_legal_form,
    names_organisation,
    organisation_at,
    self_employed,
)
from hotgigs.parser.places import is_place, is_region, is_remote, shaped_like_place
from hotgigs.parser.roles import names_role, role_at
from hotgigs.parser.separators import comma_parts
from hotgigs.parser.vocabulary import any_of, load

NEVER = -9.0
_BRACKETED = -0.8
_LONG = 9
"""Words: more of them are a sentence."""
_DEPARTMENT = re.compile(rf"(?<!\w){any_of(load('organisations')['departments'])}(?!\w)", re.IGNORECASE)
_DESCRIBING = re.compile(
    rf"(?<!\w)\d+|[€£$%]|(?<!\w){any_of(load('organisations')['describing'])}(?!\w)", re.IGNORECASE
)
_WAY = any_of(load("places")["words"]["ways"])
_WAY_END = any_of(load("places")["words"]["way_endings"])
_ADDRESS = re.compile(
    rf"^(?:\d{{1,5}}\w?,?\s(?:{_WAY}|[^\W\d_].{{0,40}}\s{_WAY}$)"
    rf"|{_WAY}\s.{{1,40}}\s\d{{1,5}}\w?$|[^\W\d_].{{1,30}}{_WAY_END}\s\d{{1,4}}\w?$)",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\d+\s")
_DISTRICT = re.compile(r"(?<=\w)\s\d{1,2}(?:e|er|ème)?(?=$|,)")
_WORD = re.compile(r"[^\W\d_]{3,}")


@lru_cache(maxsize=4096)
def title_likeness(text: str) -> float:
    if _in_brackets(text):
        return title_likeness(text[1:-1].strip()) + _BRACKETED
    likeness = _role_likeness(text)
    if ends_with_legal_form(text):
        likeness -= 2.5
    elif organisation_at(text) == "head" and likeness < 2:
        likeness -= 1
    if any(
        " " in each and organisation_at(each) and not (_DEPARTMENT.search(each) or could_be_department(each))
        for each in comma_parts(text)[1:]
    ):
        likeness -= 0.7
    if _is_place(text):
        likeness -= 3
    if _COUNTED.match(text):
        likeness -= 2
    return likeness - _too_long(text)


@lru_cache(maxsize=4096)
def _role_likeness(text: str) -> float:
    head = (comma_parts(text) or [text])[0]
    where = role_at(head)
    if where == "head":
        return 2.0
    if where == "inside":
        return 1.5 if organisation_at(head) != "head" else 0.6
    return 0.5 if head != text and names_role(text) else -0.6


@lru_cache(maxsize=4096)
def company_likeness(text: str) -> float:
    if _in_brackets(text):
        return company_likeness(text[1:-1].strip()) + _BRACKETED
    if self_employed(text):
        return 1.5
    head = (comma_parts(text) or [text])[0]
    if ends_with_legal_form(text):
        return 2.5 if head == text or role_at(head) != "head" else 0.5
    role, organisation = role_at(head), organisation_at(head)
    likeness = 0.3
    if could_be_department(head):
        likeness = 0.8
    elif organisation is not None:
        likeness = 1.5 if organisation == "head" and " " in head else 0.8
    elif head != text and names_organisation(text):
        likeness = 0.8
    if role is not None:
        likeness -= 1.5 if role == "head" else 0.7
    if _DEPARTMENT.search(head):
        likeness -= 1.4
    if (_is_place(text) and not names_organisation(text)) or (
        head != text and is_remote(comma_parts(text)[-1])
    ):
        likeness -= 1.5
    if any(map(_ADDRESS.search, comma_parts(text))):
        likeness -= 1.5
    return likeness - _too_long(text)


def _in_brackets(text: str) -> bool:
    return len(text) > 4 and text[0] == "(" and text[-1] == ")" and ")" not in text[:-1]


@lru_cache(maxsize=4096)
def _too_long(text: str) -> float:
    """What speaks against a name, of a company or a post: many words, most of them in lower case."""
    words = _WORD.findall(text)
    against = 1.0 if len(words) > _LONG else 0.0
    if text[0].islower():
        against += 1.0
    if len(words) > 3 and sum(word[0].islower() for word in words) > len(words) / 2:
        against += 0.5
    return against + 0.5 * min(3, len(_DESCRIBING.findall(text)))


def names_department(text: str) -> bool:
    return bool(_DEPARTMENT.match(text))


def describes_company(text: str) -> bool:
    """``A family-run bakery with 12 shops``: does it tell what a company does?"""
    return any(not found[0].isdigit() for found in _DESCRIBING.findall(text))


@lru_cache(maxsize=4096)
def place_likeness(text: str) -> float:
    if text[0] == "(" and text[-1] == ")":
        text = text[1:-1].strip()
        if len(text) < 4 and not _is_place(text):
            return NEVER
    text = text.replace("/", ", ")
    if _is_place(text) or _is_place(_DISTRICT.sub("", text)):
        return 0.6 if _begins_beside_place(comma_parts(text)) else 2.0
    if not shaped_like_place(text):
        return NEVER
    return 0.5 if "," in text else 0.3


_is_place = lru_cache(maxsize=4096)(is_place)


@lru_cache(maxsize=4096)
def place_key(text: str) -> str:
    """By which a place is known again: its last piece, without brackets."""
    pieces = comma_parts(text.partition("(")[0]) or [text]
    return (text if _begins_beside_place(pieces) else pieces[-1]).casefold()


def _begins_beside_place(pieces: Sequence[str]) -> bool:
    """Before a town and its region there may be a company as well as a part of the town."""
    return len(pieces) > 2 and not _is_place(pieces[0]) and not is_region(pieces[1])


@lru_cache(maxsize=4096)
def other_likeness(text: str) -> float:
    """Of a department, or what a company does: read, and left out."""
    if is_remote(text):
        return -0.5
    if _ADDRESS.search(text):
        return 0.2
    if _DEPARTMENT.search(text):
        return -0.3
    return -0.4 if _too_long(text) else -1.3
