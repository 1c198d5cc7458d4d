"""A certificate's name and issuer, told apart within one text."""

import re

from hotgigs.parser.organisations import names_organisation
from hotgigs.parser.places import is_place
from hotgigs.parser.separators import before_last, comma_parts, dash_parts, parts, trimmed
from hotgigs.parser.vocabulary import any_of, load

_WORDS = load("certifications")
_ARTICLE = r"the\s|l['’]\s?|la\s|le\s|les\s|el\s|los\s|der\s|dem\s|die\s|das\s|il\s|lo\s|het\s|de\s|o\s|a\s"
_ISSUED_BY = re.compile(
    rf"[\s,;(–-]{{1,3}}{any_of(_WORDS['issuer'])}:?\s(?:{_ARTICLE})?(?=(?-i:[A-ZÀ-Þ]))", re.IGNORECASE
)
_ISSUER_WORDS = re.compile(
    rf"{any_of(_WORDS['issuer'])}(?:\s?:\s?|\s)(?:(?:{_ARTICLE})(?=(?-i:[A-ZÀ-Þ])))?", re.IGNORECASE
)
_KNOWN_ISSUERS = frozenset(_WORDS["known_issuers"])
_CLUE = re.compile(rf"(?<!\w){any_of(_WORDS['clues'])}|\w{{3,30}}schein(?!\w)", re.IGNORECASE)
_NO_ISSUER = re.compile(
    rf"(?-i:[a-zß-öø-ÿ]+(?![\w.-])|[A-Z]{{1,2}}(?:\d[A-Z]?)?$)|{any_of(_WORDS['levels'])}(?!\w)"
    rf"|{any_of(_WORDS['ranks'])}$",
    re.IGNORECASE,
)
"""Such as a level or a class, which is a part of the name."""
_BRACKETED = re.compile(r"\s?\(([A-ZÀ-Þ][^()\d]{1,60})\)$")
_ABBREVIATION = re.compile(r"[A-ZÀ-Þ][A-Za-zÀ-ÿ&/-]{0,3}[A-ZÀ-Þ]{1,6}[a-z]?|[A-Z]")
_FULL_STOP = re.compile(r"(?:(?<=[a-zß-öø-ÿ]{4})|(?<=\))|(?<=[A-Z]\d))\.\s{1,3}(?=[A-ZÀ-Þ])")
_SLASH = re.compile(r"\s{1,3}/\s{1,3}")


def is_issuer(text: str) -> bool:
    """Does the text say of itself that it names one?"""
    return text in _KNOWN_ISSUERS or names_organisation(text)


def names_certificate(text: str) -> bool:
    """Does one of its words say so?"""
    return _CLUE.search(text) is not None


def without_issuer_words(text: str) -> str:
    return _ISSUER_WORDS.sub("", text, count=1) if _ISSUER_WORDS.match(text) else text


def in_order(first: str, second: str) -> tuple[str, str]:
    """Name and issuer of two texts, most of which stand in this order."""
    swapped = first in _KNOWN_ISSUERS or (
        names_organisation(first)
        and not is_issuer(second)
        and names_certificate(second)
        and not names_certificate(first)
    )
    return (second, first) if swapped and second not in _KNOWN_ISSUERS else (first, second)


def name_and_issuer(text: str) -> tuple[str, str | None]:
    """Of a text without dates; None where it names no issuer."""
    said = _ISSUED_BY.search(text)
    if said and said.start():
        return trimmed(text[: said.start()]), trimmed(text[said.end() :]) or None
    halves = _halves(_without_place(text))
    if len(halves) < 2:
        return trimmed(text), None
    name, issuer = in_order(*halves)
    if _NO_ISSUER.match(issuer):
        return trimmed(text), None
    return name, without_issuer_words(issuer)


def bracketed_issuer(name: str, *, everywhere: bool) -> tuple[str, str] | None:
    """Name and issuer where the latter stands in brackets; ``everywhere``: as behind the other names."""
    bracket = _BRACKETED.search(name)
    if bracket is None:
        return None
    head, inside = name[: bracket.start()], bracket[1]
    if everywhere or is_issuer(inside) or _could_be_issuer(inside, head):
        return head, inside
    return None


def may_be_issuer_in_brackets(name: str) -> bool:
    bracket = _BRACKETED.search(name)
    return bracket is not None and not _ABBREVIATION.fullmatch(bracket[1])


def _could_be_issuer(inside: str, name: str) -> bool:
    """An abbreviation that is not the name's own, or several words with capitals."""
    if _NO_ISSUER.match(inside) or names_certificate(inside):
        return False
    if _ABBREVIATION.fullmatch(inside):
        initials = "".join(word[0] for word in re.findall(r"\w+", name)).upper()
        return len(inside) > 1 and inside.upper()[0] not in initials
    words = inside.split()
    return len(words) > 1 and sum(word[0].isupper() for word in words) * 2 > len(words)


def _without_place(text: str) -> str:
    """Without the town and country or state where it was obtained."""
    pieces = comma_parts(text)
    if len(pieces) < 4 or not is_place(", ".join(pieces[-2:])):
        return text
    return trimmed(before_last(before_last(text, pieces[-1]), pieces[-2]))


def _halves(text: str) -> list[str]:
    """Name and issuer, parted at the last separator; one text where there is none."""
    strong = [piece for part in parts(text) for piece in comma_parts(part, ";")]
    if len(strong) > 1:
        return [strong[0], ", ".join(strong[1:])]
    slashed = [part for part in map(trimmed, _SLASH.split(text)) if part]
    if len(slashed) > 1 and len(comma_parts(slashed[-1])) == 1:
        return [trimmed(before_last(text, slashed[-1])), slashed[-1]]
    label, mark, rest = text.partition(": ")
    is_issuers = label in _KNOWN_ISSUERS or (names_organisation(label) and not names_certificate(label))
    if mark and is_issuers and rest.strip() and "," not in rest:
        return [label, trimmed(rest)]
    shorter = min(
        (pieces[-1] for pieces in (comma_parts(text), dash_parts(text)) if pieces), key=len, default=""
    )
    if shorter in ("", trimmed(text)):
        sentences = [part for part in map(trimmed, _FULL_STOP.split(text, maxsplit=1)) if part]
        return sentences or [trimmed(text)]
    return [trimmed(before_last(text, shorter)), shorter]
