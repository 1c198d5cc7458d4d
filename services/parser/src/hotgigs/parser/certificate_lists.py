"""Certificates that semicolons part within one paragraph, each put on a line of its own."""

import re
from collections.abc import Sequence

import msgspec

from hotgigs.parser.document import Line
from hotgigs.parser.passages import joined, runs_over
from hotgigs.parser.separators import bullet_text, comma_parts
from hotgigs.parser.vocabulary import any_of, load

_EXPIRY = re.compile(rf"{any_of(load('certifications')['expiry'])}(?!\w)", re.IGNORECASE)
_MIN_LETTERS = 3
_MAX_CHARS = 2000


def one_a_line(lines: Sequence[Line]) -> Sequence[Line]:
    if not any(";" in line.text for line in lines):
        return lines
    found: list[Line] = []
    for line in _paragraphs(lines):
        pieces = comma_parts(line.text, ";")
        if len(pieces) > 1 and all(map(_names_one, pieces)):
            found += [
                msgspec.structs.replace(line, text=piece.removesuffix("."), is_list_item=True)
                for piece in pieces
            ]
        else:
            found.append(line)
    return found


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
