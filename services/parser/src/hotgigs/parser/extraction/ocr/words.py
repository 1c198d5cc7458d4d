"""What an engine reads, as the fragments that a PDF's own text gives."""

import re
from collections.abc import Iterable, Sequence

import numpy as np
from msgspec import Struct

from hotgigs.parser.extraction.cleaning import clean
from hotgigs.parser.extraction.ocr.mending import mend
from hotgigs.parser.extraction.pdf_fragments import Fragment

_HIGH = re.compile(r"[^\Wacegmnopqrsuvwxyz_]|[!?&%$/|()\[\]{}§€£@]")
_LOW = re.compile(r"[gjpqyçQ,;()\[\]{}/|@§]")
_CAP_HEIGHT, _X_HEIGHT, _DESCENT = 0.72, 0.53, 0.21
"""Shares of the font size in common text fonts."""
_LINE_ABOVE, _LINE_BELOW = 0.93, 0.22
"""What a font's box takes above and below the baseline, in font sizes."""
_BOLD = 1.3
"""Times the stroke of most of the page's text, in proportion to its size: bold is 1.4 to 1.9."""
_SAME_SIZE = 0.11
"""By which the estimated sizes of one font differ."""


class Reading(Struct, frozen=True):
    """A stretch of text without a wide gap; distances in pixels, tight around the print."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float
    stroke: float = 0.0
    """Of its letters, in pixels; 0 where unknown."""


def confidence(readings: Sequence[Reading]) -> float:
    """The mean over all characters, 0 where there are none."""
    chars = sum(len(reading.text) for reading in readings)
    return sum(len(reading.text) * reading.confidence for reading in readings) / chars if chars else 0.0


def fragments(readings: Iterable[Reading], points_per_pixel: float) -> list[Fragment]:
    """Font sizes and boxes are those that the print would have had as text."""
    found = []
    for reading in readings:
        text = clean(mend(reading.text))
        if text:
            found.append((text, reading, _size(text, reading.y1 - reading.y0) * points_per_pixel))
    usual = _usual_sizes([(size, len(text)) for text, _, size in found])
    regular = _median([(reading.stroke, len(text)) for text, reading, _ in found])
    body = _median([(usual[size], len(text)) for text, _, size in found])
    return [
        _fragment(
            text,
            reading,
            usual[size],
            points_per_pixel,
            bold=reading.stroke > _BOLD * regular * max(1.0, usual[size] / body),
        )
        for text, reading, size in found
    ]


def _median(values: list[tuple[float, int]]) -> float:
    """Of values with their weights, 0 where there are none."""
    half = sum(weight for _, weight in values) / 2
    for value, weight in sorted(values):
        half -= weight
        if half <= 0:
            return value
    return 0.0


def _size(text: str, height: float) -> float:
    top = _CAP_HEIGHT if _HIGH.search(text) else _X_HEIGHT
    return height / (top + (_DESCENT if _LOW.search(text) else 0))


def _usual_sizes(sizes: list[tuple[float, int]]) -> dict[float, float]:
    """For each size that of the commonest font near it: estimates scatter, fonts of a page are few."""
    usual: dict[float, float] = {}
    left = sorted(sizes)
    while left:
        centre = max(left, key=lambda each: sum(n for size, n in left if _alike(size, each[0])))[0]
        near = [(size, n) for size, n in left if _alike(size, centre)]
        weights = [n for _, n in near]
        mean = float(np.average([size for size, _ in near], weights=weights))
        usual |= {size: round(2 * mean) / 2 for size, _ in near}
        left = [each for each in left if not _alike(each[0], centre)]
    return usual


def _alike(one: float, other: float) -> bool:
    return abs(one - other) <= _SAME_SIZE * other


def _fragment(text: str, reading: Reading, size: float, points_per_pixel: float, *, bold: bool) -> Fragment:
    baseline = reading.y1 * points_per_pixel - (_DESCENT * size if _LOW.search(text) else 0)
    return Fragment(
        text,
        reading.x0 * points_per_pixel,
        baseline - _LINE_ABOVE * size,
        reading.x1 * points_per_pixel,
        baseline + _LINE_BELOW * size,
        size,
        bold=bold,
        italic=False,
        colour=0,
        baseline=baseline,
        confidence=reading.confidence,
    )
