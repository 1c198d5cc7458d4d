"""Places as resumes print them: ``City``, ``City, Region`` or ``City, Country``."""

import re
from functools import lru_cache

from hotgigs.parser.organisations import ends_with_legal_form, is_legal_form, names_organisation
from hotgigs.parser.roles import names_role
from hotgigs.parser.separators import before_last, comma_parts, dash_parts
from hotgigs.parser.vocabulary import any_of, load
from hotgigs.places.gazetteer import places_named, printed_names

_WORDS = load("places")
_COUNTRY_OF: dict[str, str] = {
    **{name: code for code, names in printed_names("regions").items() for name in names if len(name) > 3},
    **{name: code for code, names in printed_names("countries").items() for name in names},
}
_COUNTRY_OF_ABBREVIATION = {
    name.upper(): code for code, names in printed_names("regions").items() for name in names if len(name) <= 4
}
_REMOTE = frozenset(_WORDS["words"]["remote"])
_INSIDE = frozenset(_WORDS["words"]["inside"])

_MAX_WORDS = 4
_POSTCODE = re.compile(
    r"\b(?:[A-Z]{1,2}-)?\d{4,6}(?:-\d{3,4})?\b\s?(?:[A-Z]{2}\b)?"
    r"|\b(?:\d{2}-\d{3}|\d{3}-\d{4}|\d{3} \d{2,3})\b"
    r"|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b|\b[A-Z]\d[\dW] ?[A-Z\d]{4}\b"
)
"""Of five digits or about, of Poland, Japan, India and Sweden, of Great Britain, Canada and Ireland."""
_ABBREVIATED = re.compile(r"[A-Z]{2,3}|[^\W\d_a-z][^\W\d_]{1,4}\.|(?:[A-Z]\.){2,3}")
_POSTCODE_LABEL = re.compile(
    r"\b(?:CEP|C\.?P\.?|PLZ|ZIP(?: code)?|pin(?: ?code)?|CAP)\b[:.]?(?=\s?(?:\d|$))", re.IGNORECASE
)
_DISTRICT_NUMBER = re.compile(r"(?<=[^\W\d_])\s\d{1,2}(?:er?|ème|eme|\.)?$")
_DISTRICT = re.compile(rf"{any_of(_WORDS['words']['districts'])}\s\d{{1,2}}\.?", re.IGNORECASE)
_STREET = re.compile(rf"{any_of(_WORDS['words']['streets'])}(?:\s|(?<=/))", re.IGNORECASE)
"""What a street's name begins with, where its number stands apart."""
_SLASH = re.compile(r"\s?/\s?")
_OF_A_REGION = re.compile(
    r"^(?:state|province|county|region|canton|kanton|departamento|provincia|estado) (?:of|de|di|do|von) "
    r"|^co\. "
    r"|\s(?:state|province|county|region|prefecture|oblast)$",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"^(?:greater|metro|downtown|raum|gro(?:ß|ss)raum|région de|area de) "
    r"|\s(?:area|city|metropolitan area|bay area|metro|metro area|\(\w+\)"
    r"|und umgebung|y alrededores|et alentours|et environs|en omgeving|e dintorni|e arredores)$",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\s{0,4}\([^()]{0,80}\)")
_TRAILING_BRACKET = re.compile(r"\s{0,4}\(([^()]{2,60})\)$")


@lru_cache(maxsize=1024)
def country_of(text: str) -> str | None:
    """The ISO code of the country, region or town that a place ends with."""
    for piece in reversed(_pieces(_BRACKET.sub("", text))):
        code = _region(piece) or _town(piece)
        if code:
            return code
    return None


def _pieces(text: str) -> list[str]:
    """``City``, ``Region`` and ``Country``, however they are parted: ``Curitiba – PR``, ``Perth WA``."""
    found = []
    for piece in comma_parts(_SLASH.sub(", ", text)):
        for part in dash_parts(piece):
            head, _, tail = part.rpartition(" ")
            if head and _POSTCODE.sub("", tail).strip() in _COUNTRY_OF_ABBREVIATION and could_be_place(head):
                found += [head, tail]
            else:
                found.append(part)
    return found


@lru_cache(maxsize=4096)
def _region(piece: str) -> str | None:
    """The country of a country's or region's name."""
    bare = _POSTCODE.sub("", piece).strip(" .")
    known = (
        _COUNTRY_OF.get(bare.casefold())
        or _COUNTRY_OF.get(piece.casefold())
        or _COUNTRY_OF_ABBREVIATION.get(bare)
    )
    if known:
        return known
    named = places_named(_OF_A_REGION.sub("", bare))
    codes = named.get("country") or named.get("region")
    return codes[0] if codes else None


@lru_cache(maxsize=4096)
def _town(piece: str) -> str | None:
    """The country of the largest town of that name."""
    codes = places_named(_AROUND.sub("", _POSTCODE.sub("", piece)).strip(" .")).get("town")
    return codes[0] if codes else None


def is_region(piece: str) -> bool:
    """A country, or a region of one."""
    return _region(piece) is not None


def is_remote(text: str) -> bool:
    """``Remote``, ``Home office (Austin, TX)``."""
    return any(each.strip(" ()").casefold() in _REMOTE for each in (text, _BRACKET.sub("", text)))


@lru_cache(maxsize=4096)
def could_be_place(piece: str) -> bool:
    """Does one piece look like a place's name: a few capitalised words, none of an organisation or role?"""
    bare = _BRACKET.sub("", _POSTCODE.sub("", piece)).strip(" .")
    words = bare.split()
    if (
        not words
        or bare.casefold() in _INSIDE
        or len(words) > _MAX_WORDS + 1
        or any(char.isdigit() or char in "@/:&" for char in bare)
    ):
        return False
    if not words[0][0].isupper() or not all(_is_place_word(word) for word in words):
        return False
    return not (
        is_legal_form(bare) or ends_with_legal_form(bare) or names_role(bare) or names_organisation(bare)
    )


def _is_place_word(word: str) -> bool:
    return word[0].isupper() or word.casefold() in _INSIDE or "'" in word or "’" in word


@lru_cache(maxsize=4096)
def is_place(text: str) -> bool:
    """Is the whole text surely a place: it ends with a country, region or town, or says Remote?"""
    if is_remote(text):
        return True
    pieces = _pieces(_BRACKET.sub("", text))
    if not pieces or len(pieces) > 4:
        return False
    if len(pieces) == 2 and _ABBREVIATED.fullmatch(pieces[1]) and _town(pieces[0]):
        return True
    if _region(pieces[-1]) is None:
        # Before a town there may be a company as well as a part of the town.
        return all(map(_town, pieces))
    return all(could_be_place(piece) or _region(piece) for piece in pieces[:-1])


def shaped_like_place(text: str) -> bool:
    """Could the whole text be a place, for all that its shape tells?"""
    pieces = comma_parts(text)
    return (
        is_remote(text)
        or (0 < len(pieces) <= 3 and all(could_be_place(piece) for piece in pieces))
        or is_place(text)
    )


def split_place(text: str) -> tuple[str, str | None]:
    """What stands before a trailing place, and the place: ``Acme, Inc., Rome, Italy`` at ``Rome, Italy``."""
    bracketed = _TRAILING_BRACKET.search(text)
    if bracketed and _is_bracketed_place(bracketed[1]):
        return text[: bracketed.start()].rstrip(" ,"), bracketed[1]
    dashed = dash_parts(text)
    if len(dashed) > 1 and len(comma_parts(dashed[-1])) < 3 and shaped_like_place(dashed[-1]):
        return before_last(text, dashed[-1]).rstrip(" -–—―"), dashed[-1]
    pieces = comma_parts(text)
    count = _trailing_place(pieces)
    if not count:
        return text, None
    head = text
    for piece in reversed(pieces[-count:]):
        head = before_last(head, piece).rstrip(" ,–—-|")
    return head, text[len(head) :].strip(" ,–—-|") or None


def _is_bracketed_place(text: str) -> bool:
    """An abbreviation in brackets is a short form of the name before it, unless it is a country's."""
    return not is_remote(text) and (is_place(text) or (not text.isupper() and shaped_like_place(text)))


def _trailing_place(pieces: list[str]) -> int:
    """How many pieces at the end are the place, three at most; the first piece never is."""
    places = 0
    for piece in pieces[:0:-1]:
        if places == 3 or not (_region(piece) or could_be_place(piece) or is_remote(piece)):
            break
        places += 1
    return places


def _without_district(piece: str) -> str:
    """``Paris`` of ``Paris 11e``; nothing of ``Sector 3``."""
    if _DISTRICT.fullmatch(piece):
        return ""
    town = _DISTRICT_NUMBER.sub("", piece)
    return town if town != piece and _town(town) else piece


def has_postcode(text: str) -> bool:
    return any(_POSTCODE.search(piece) and _POSTCODE.sub("", piece).strip() for piece in comma_parts(text))


def city_line(text: str) -> str | None:
    """The place in an address without street, house number and postcode; None where there is none."""
    kept: list[str] = []
    for printed in reversed(_pieces(text)):
        piece = _without_district(_POSTCODE.sub("", _POSTCODE_LABEL.sub("", printed)).strip(" .:-–"))
        if not piece:
            continue
        if _STREET.match(piece):
            break
        if len(kept) == 3 or not (could_be_place(piece) or _region(piece)):
            break
        kept.insert(0, piece)
    if not kept:
        return None
    regions = sum(_region(piece) is not None for piece in kept)
    return ", ".join(kept[-max(2, regions + 1) :])
