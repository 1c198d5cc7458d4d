"""Certificates that stand in one line or paragraph, each put on a line of its own."""

import re
from collections.abc import Sequence

import msgspec

from hotgigs.parser.certificate_parts import is_issuer, names_certificate
from hotgigs.parser.dates import find_periods
from hotgigs.parser.document import Line
from hotgigs.parser.passages import joined, runs_over
from hotgigs.parser.separators import bullet_text, comma_parts, parts, trimmed
from hotgigs.parser.vocabulary import any_of, load

_EXPIRY = re.compile(rf"{any_of(load('certifications')['expiry'])}(?!\w)", re.IGNORECASE)
_AFTER_BRACKET = re.compile(r"(?<=\))\s?[,·•|/]\s?")
_NUMBERED = re.compile(r"#|\d{4}")
_MIN_LETTERS = 3
_MAX_CHARS = 2000


def one_a_line(lines: Sequence[Line]) -> Sequence[Line]:
    found: list[Line] = []
    for line in _paragraphs(lines) if any(";" in line.text for line in lines) else lines:
        pieces = _several(line.text)
        found += [msgspec.structs.replace(line, text=piece, is_list_item=True) for piece in pieces] or [line]
    return found


def _several(text: str) -> list[str]:
    """What names a certificate each; empty where the text does not name several."""
    if len(text) > _MAX_CHARS:
        return []
    pieces = [piece.removesuffix(".") for piece in comma_parts(text, ";")]
    if len(pieces) > 1 and all(map(_names_one, pieces)) and not any(map(_is_bare_issuer, pieces)):
        return pieces
    for pieces in (parts(text), [trimmed(piece) for piece in _AFTER_BRACKET.split(text)]):
        if len(pieces) > 1 and all(map(_names_one, pieces)) and all(map(find_periods, pieces)):
            return pieces
    for pieces in (parts(text), comma_parts(text)):
        certified = sum(names_certificate(piece) for piece in pieces)
        if len(pieces) > 2 and 2 * certified > len(pieces) and not _NUMBERED.search(text):
            return pieces if all(map(_names_one, pieces)) and not any(map(_is_bare_issuer, pieces)) else []
    return []


def _is_bare_issuer(piece: str) -> bool:
    return "(" not in piece and not find_periods(piece) and is_issuer(piece)


def _paragraphs(lines: Sequence[Line]) -> list[Line]:
    """Printed lines put together that a list with semicolons runs over."""
    margin = max(line.x1 for line in lines)
    found: list[Line] = []
    above: Line | None = None
    for line in lines:
        if above is not None and _goes_on(found[-1].text, above, line, margin):
            found[-1] = msgspec.structs.replace(found[-1], text=joined(found[-1].text, line.text))
        else:
            found.append(line)
        above = line
    return found


def _goes_on(text: str, above: Line, line: Line, margin: float) -> bool:
    if ";" not in text or not line.page or len(text) > _MAX_CHARS:
        return False
    if line.is_list_item or bullet_text(line.text) is not None:
        return False
    return runs_over(above, line, margin)


def _names_one(piece: str) -> bool:
    """Could the piece name a certificate of its own, rather than say until when one is valid?"""
    letters = sum(map(str.isalpha, piece))
    return letters >= _MIN_LETTERS and not piece[0].islower() and not _EXPIRY.match(piece)
