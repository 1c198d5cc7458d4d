"""The pieces of a job's header lines, and the marks that part them."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, cast

from msgspec import Struct

from hotgigs.parser.dates import find_periods
from hotgigs.parser.document import Line
from hotgigs.parser.organisations import is_legal_form
from hotgigs.parser.separators import parts, trimmed
from hotgigs.parser.vocabulary import any_of, load

Joint = Literal["line", "mark", "dash", "slash", "colon", "at", "in", "for", "comma", "bracket"]
"""What parts a piece from the one before: ``mark`` is a tab, bar, dot or date."""
Look = tuple[float, int, bool]

EMPLOYMENT = "employment"
"""The label of a kind of employment, which is the title where no other is."""
MAX_PIECES = 14
"""Of one header: what stands after them is not read."""

_LABELS = {label: field for field, labels in load("labels")["job"].items() for label in labels}
_EMPLOYMENT = frozenset(load("labels")["not_a_job"]["employment"])
_WITH_PLACE = ("company", "client")
"""Labels whose value may go on with a place."""
_LABELLED = re.compile(rf"(?<!\w)({any_of(_LABELS)})\s?\t?\s?:\s?\t?\s?", re.IGNORECASE)
_SEVERAL_LABELLED = re.compile(
    r"[,;]?(?<!\sof)(?<!\sde)(?<!\sdu)(?<!\sdo)(?<!\sda)(?<!\sdi)(?<!\sder)(?<!\sdes)(?<!\sfor)"
    rf"\s(?={any_of(_LABELS)}\s?:)",
    re.IGNORECASE,
)
"""Before each label of a line; the department of ``Head of Department: Nursery`` is none."""
_LENGTH_OF_TIME = re.compile(
    rf"[(\[]?(?:~\s?)?(?:\b\d{{1,2}}(?:[.,]\d)?\+?\s?{any_of(load('dates')['words']['lengths'])}\b\.?"
    r"(?:[\s,]{0,2}(?:and|und|et|y|e|en)\b)?[\s,]{0,2}){1,3}[)\]]?",
    re.IGNORECASE,
)
_AT = any_of(load("labels")["between"]["at"])
_FOR = any_of(load("labels")["between"]["for"])
_IN = any_of(load("labels")["between"]["in"])
_WEAK = re.compile(
    r"(?P<dash>\s{1,4}[-‐-―−]{1,2}\s{1,4}|\s{0,4}[—―]\s{0,4}|(?<=[^\W\d_])[-–]\s(?=[^\W\d_])|\s[-–](?=[^\W\d_]))"
    rf"|(?P<at>\s{_AT}\s)|(?P<in>\s{_IN}\s)|(?P<for>\s{_FOR}\s)|(?P<slash>\s/\s)|(?P<colon>:\s)|(?P<comma>\s?[,;](?!\d)|(?<=[^\W\d_]{{5}})\.\s(?-i:(?=[A-ZÀ-Þ])))|(?P<bracket>\s?(?=[(\[]))",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"[(\[][^()\[\]]{0,200}[)\]]")
_CONTACT = re.compile(r"@\w|https?:|www\.")


class Piece(Struct, frozen=True):
    """``source`` is the text between strong marks that the piece is cut from, at ``begin`` to ``end``."""

    source: str
    begin: int
    end: int
    part: int
    joint: Joint
    label: str | None
    look: Look


def pieces_of(lines: Sequence[Line]) -> list[Piece]:
    """In printed order, without dates and lengths of time."""
    found: list[Piece] = []
    number = 0
    for line in lines:
        joint: Joint = "line"
        for text, label in _labelled_parts(line):
            is_whole = label is not None and label not in _WITH_PLACE
            for begin, end, weak in [(0, len(text), None)] if is_whole else _pieces(text):
                look = (line.font_size, line.weight, line.italic)
                own = None if begin else label
                found.append(Piece(text, begin, end, number, weak or joint, own, look))
            number += 1
            joint = "mark"
    return found[:MAX_PIECES]


def is_length_of_time(text: str) -> bool:
    """``4 years 3 months``, as printed under a company that several titles were held at."""
    return _LENGTH_OF_TIME.fullmatch(text.strip()) is not None


def heads_table(text: str) -> bool:
    """``Period  Employer  Designation``: are there but labels?"""
    cells = [cell.strip(" :.").casefold() for cell in text.split("\t") if cell.strip()]
    return len(cells) > 1 and all(cell in _LABELS for cell in cells)


def without_employment(text: str) -> str:
    """``Acme`` of ``Acme (full-time)``."""
    head, mark, bracket = text.rpartition("(")
    return head.rstrip() if mark and head and bracket.rstrip(" )").casefold() in _EMPLOYMENT else text


def text_of(pieces: Sequence[Piece]) -> str:
    """The text that neighbouring pieces of one part make together."""
    return trimmed(pieces[0].source[pieces[0].begin : pieces[-1].end])


def _labelled_parts(line: Line) -> Iterator[tuple[str, str | None]]:
    text = line.text
    for period in reversed(find_periods(text)):
        text = f"{text[: period.begin]}\t{text[period.finish :].removeprefix('.')}"
    text = _LENGTH_OF_TIME.sub("\t", text)
    label: str | None = None
    text = _SEVERAL_LABELLED.sub("\t", _LABELLED.sub(lambda match: f"{match[1]}: ", text))
    for part in parts(text):
        match = _LABELLED.match(f"{part}: ") if part.casefold() in _LABELS else _LABELLED.match(part)
        value = trimmed(part[match.end() :]) if match else part
        value = value[:-1] if value.endswith(").") else value
        label = _LABELS[match[1].casefold()] if match else label
        if not value or _CONTACT.search(value):
            continue
        if value.casefold().strip("()") in _EMPLOYMENT:
            label = EMPLOYMENT
        if any(map(str.isalpha, value)) and label != "dates":
            yield value, label
        label = None


def _pieces(text: str) -> Iterator[tuple[int, int, Joint | None]]:
    """Begin, end and joint of each piece; None for the first, which the part's own mark parts."""
    brackets = [match.span() for match in _BRACKETS.finditer(text)] if "(" in text or "[" in text else []
    start, joint = 0, cast("Joint | None", None)
    for match in _WEAK.finditer(text):
        if any(begin < match.start() < end for begin, end in brackets):
            continue
        before, after = trimmed(text[start : match.start()]), trimmed(text[match.end() :])
        if not before or not after or (match["comma"] and is_legal_form(after.split(",", 1)[0])):
            continue
        yield start, match.start(), joint
        start, joint = match.end(), cast("Joint", match.lastgroup)
    yield start, len(text), joint
