"""What stands between the letters of a line: spaces, marks that were not read, gaps between parts."""

from collections.abc import Iterator

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from hotgigs.parser.extraction.ocr.words import Reading

_MIN_APART = 0.8
"""Font sizes from the middle of a character to that of the next, where there may be more than a space."""
_WORD_GAP, _WIDE_GAP = 0.5, 1.2
"""Font sizes without print: more than between letters, and more than between words."""
_TIMES_USUAL = 1.8
"""Times the usual distance between characters, which is large where letters are spaced."""
_MIN_MARK, _MAX_MARK = 0.2, 1.0
_MAX_DASH = 0.15
_MARK_APART = 0.65
"""Font sizes from the middle of a mark to those of the characters beside it, at least."""
_MAX_MARK_APART = 1.8

Shapes = NDArray[np.int64]
"""Rows of x0, y0, x1, y1 in pixels of the page, from left to right."""


class Part(Struct, frozen=True):
    """What stands from ``x0`` to ``x1``, in pixels of the page."""

    reading: Reading
    x0: int
    x1: int


class _Gap(Struct, frozen=True):
    """From ``x0`` to ``x1`` before the character ``at``; ``mark`` is what stands in it."""

    at: int
    x0: int
    x1: int
    mark: str


def parted(reading: Reading, shapes: Shapes, em: float) -> Iterator[Part]:
    """``em``: the font size in pixels. Where the engine told no places of characters: as a whole."""
    start, end = int(shapes[:, 0].min()), int(shapes[:, 2].max())
    if len(reading.centres) != len(reading.text) or not reading.text.strip():
        yield Part(reading, start, end)
        return
    letters = list(zip(reading.text, reading.centres, strict=True))
    printed = [at for at, (char, _) in enumerate(letters) if not char.isspace()]
    places = np.array([letters[at][1] for at in printed])
    usual = float(np.median(np.diff(places))) if len(places) > 1 else 0.0
    bullet = _bullet(reading.text, places[0], shapes, em)
    together = [(char, float(start)) for char in bullet]
    if not bullet:
        start = _first_read(shapes, places[0], em)
    at = 0
    for gap in _gaps(printed, places, shapes, em, max(_MIN_APART * em, _TIMES_USUAL * usual)):
        together += letters[at : gap.at]
        at = gap.at
        if gap.mark or gap.x1 - gap.x0 < max(_WIDE_GAP * em, 2 * _TIMES_USUAL * usual):
            together += [(char, (gap.x0 + gap.x1) / 2) for char in f" {gap.mark} "]
        else:
            yield _part(reading, together, start, gap.x0)
            together, start = [], gap.x1
    yield _part(reading, together + letters[at:], start, end)


def _part(reading: Reading, letters: list[tuple[str, float]], x0: int, x1: int) -> Part:
    text = "".join(char for char, _ in letters)
    part = msgspec.structs.replace(reading, text=text, centres=tuple(centre for _, centre in letters))
    return Part(part, x0, x1)


def _gaps(
    printed: list[int], places: NDArray[np.float64], shapes: Shapes, em: float, apart: float
) -> Iterator[_Gap]:
    """Those between characters that stand further apart than ``apart``."""
    for number in np.flatnonzero(np.diff(places) >= apart).tolist():
        left, right = float(places[number]), float(places[number + 1])
        mark = _mark(shapes, left, right, em)
        blanks = _blanks(shapes, left, right)
        widest = max((x1 - x0 for x0, x1 in blanks), default=0)
        if blanks and (mark or widest >= _WORD_GAP * em):
            x0, x1 = (blanks[0][0], blanks[-1][1]) if mark else max(blanks, key=lambda b: b[1] - b[0])
            yield _Gap(printed[number + 1], x0, x1, mark)


def _blanks(shapes: Shapes, left: float, right: float) -> list[tuple[int, int]]:
    """The stretches without print between two places."""
    near = shapes[(shapes[:, 2] > left - (right - left)) & (shapes[:, 0] < right + (right - left))]
    found, reached = [], None
    for x0, _, x1, _ in near.tolist():
        if reached is not None and x0 > reached and reached < right and x0 > left:
            found.append((reached, x0))
        reached = x1 if reached is None else max(reached, x1)
    return found


def _mark(shapes: Shapes, left: float, right: float, em: float) -> str:
    """What stands alone between two characters, as it will have been meant."""
    middles = (shapes[:, 0] + shapes[:, 2]) / 2
    inside = shapes[(middles > left + _MARK_APART * em) & (middles < right - _MARK_APART * em)]
    if not len(inside):
        return ""
    x0, y0 = inside[:, :2].min(axis=0).tolist()
    x1, y1 = inside[:, 2:].max(axis=0).tolist()
    middle, width, height = (x0 + x1) / 2, x1 - x0, y1 - y0
    if max(middle - left, right - middle) > _MAX_MARK_APART * em:
        return ""
    if height <= _MAX_DASH * em and width >= _MIN_MARK * em:
        return "–"
    return "•" if _MIN_MARK * em <= max(width, height) <= _MAX_MARK * em else ""


def _bullet(text: str, first: float, shapes: Shapes, em: float) -> str:
    """The mark before the first character, if that is a bullet."""
    if not text[:1].isalpha():
        return ""
    return "• " if _mark(shapes, first - (_MAX_MARK_APART + _MARK_APART) * em, first, em) == "•" else ""


def _first_read(shapes: Shapes, first: float, em: float) -> int:
    """Where the first character begins: before it may stand an icon."""
    x0 = shapes[:, 0]
    read = x0[shapes[:, 2] > first - _MARK_APART * em]
    return int(read.min()) if read.size else int(x0.min())
