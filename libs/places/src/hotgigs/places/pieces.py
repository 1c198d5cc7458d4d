"""The parts of a place's text, and what each may name."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hotgigs.places.agreement import agreement
from hotgigs.places.geography import Named, spots_named

MAX_CHARS = 200
"""No more of a text is read."""
MAX_PIECES = 8
_MAX_WORDS = 8
_PART = -1.0
"""Only some words of a piece are the name."""

_BETWEEN = re.compile(r"[,;|/·•\n\r\t()\[\]]|\s[-–—]\s|\s[-–—]|[-–—]\s|\b(?:near|nahe|near to|close to)\b")
_WITH_DIGIT = re.compile(r"\S*\d\S*")
_DOTS = re.compile(r"(?<=\b[A-Za-z])\.(?=[A-Za-z]\b|\s|$)")
_NOT_A_PLACE = re.compile(
    r"\b(?:fully remote|remote(?:ly)?|hybride?s?|on-?site|home ?office|work from home|wfh|anywhere(?: in)?"
    r"|based(?: in)?|télétravail|remoto|teletrabajo|only|within|location|preferred|ideally)\b:?",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"^(?:greater|metro|metropolitan|downtown|central|inner|outer|the|in|raum|gro(?:ß|ss)raum|région de"
    r"|area de|(?:state|province|region|county|city|republic|canton) of|estado de|provincia de) "
    r"| (?:area|city|metropolitan area|metropolitan region|metroplex|metro|metro area|bay area|region|state"
    r"|province|county|und umgebung|y alrededores|et alentours|et environs|en omgeving|e dintorni"
    r"|e arredores)$",
    re.IGNORECASE,
)


class Piece(NamedTuple):
    """One part of a text and all that it may name."""

    named: tuple[Named, ...]
    worth: float = 0.0
    """How surely its words are a name, in powers of ten of people."""


def pieces_of(text: str) -> list[Piece]:
    text = _NOT_A_PLACE.sub(" ", text[:MAX_CHARS].replace("_", " "))
    found: list[Piece] = []
    for printed in _split(text):
        piece = " ".join(_WITH_DIGIT.sub(" ", printed).split()).strip(" .:'\"")
        if piece and any(char.isalpha() for char in piece):
            found += _read(" ".join(piece.split()[:_MAX_WORDS]))
    return found[:MAX_PIECES]


def _split(text: str) -> Iterator[str]:
    for part in text.split(","):
        if _BETWEEN.search(part) and spots_named(part):
            # ``Halle (Saale)``, ``Congo - Kinshasa``
            yield re.sub(r"[()]", " ", part)
        else:
            yield from _BETWEEN.split(part)


def _read(piece: str) -> list[Piece]:
    named = _named(piece)
    if named:
        return [Piece(named)]
    words = piece.split()
    for size in (1, 2, 3):
        # ``Perth WA``, ``London United Kingdom``
        if len(words) > size:
            around = [
                each for each in _named(" ".join(words[-size:])) if each.spot.kind in {"region", "country"}
            ]
            inside = _named(" ".join(words[:-size])) if around else ()
            if any(agreement(one.spot, other) for one in inside for other in around):
                return [Piece(inside), Piece(tuple(around))]
    return _by_words(re.split(r"[\s-]+", piece)[:_MAX_WORDS])


def _by_words(words: Sequence[str]) -> list[Piece]:
    """By the most words at either end that name a larger place: ``Baker Street London``, ``Leeds East``."""
    for size in range(len(words) - 1, 0, -1):
        ends = (" ".join(words[-size:]), " ".join(words[:size]))
        sure = [
            each
            for end in ends
            for each in _named(end)
            if each.spot.population > 20_000 and each.called != "short"
        ]
        if sure:
            return [Piece(tuple(sure), _PART)]
    return []


def _named(piece: str) -> tuple[Named, ...]:
    piece = _DOTS.sub("", piece)
    while True:
        named = spots_named(piece)
        if len(piece) <= 3 and not piece.isupper():
            # Codes are written in capitals; in small letters they are words.
            named = tuple(each for each in named if not names_code(each) or piece.islower())
        bare = _AROUND.sub("", piece, count=1)
        if named or bare == piece:
            return named
        piece = bare


def names_code(named: Named) -> bool:
    return named.called == "short" and named.spot.kind in {"region", "country"}


def is_code(text: str) -> bool:
    """Letters that stand for a region, as after a town."""
    return (
        len(text) <= 3
        and text.isupper()
        and not any(named.called == "usual" and named.spot.kind == "country" for named in spots_named(text))
    )
