"""What an engine reads, as the fragments that a PDF's own text gives."""

import math
import re
from collections.abc import Sequence

import msgspec
import numpy as np
from msgspec import Struct

from hotgigs.parser.extraction.cleaning import clean
from hotgigs.parser.extraction.ocr.mending import mend
from hotgigs.parser.extraction.pdf_fragments import Fragment

_HIGH = re.compile(r"[^\Wacegmnopqrsuvwxyz_]|[!?&%$/|()\[\]{}§€£@]")
_LOW = re.compile(r"[gjpqyçQ,;()\[\]{}/|@§]")
_CAP_HEIGHT, _ASCENT, _DIGIT_HEIGHT, _X_HEIGHT, _DESCENT = 0.72, 0.75, 0.72, 0.53, 0.21
"""Shares of the font size in common text fonts."""
_SHARES = (_CAP_HEIGHT, _ASCENT, _DIGIT_HEIGHT, _X_HEIGHT)
_LINE_ABOVE, _LINE_BELOW = 0.93, 0.22
"""What a font's box takes above and below the baseline, in font sizes."""
_BOLD = 1.2
"""Times the stroke of most of the page's text, in proportion to its size: bold is 1.3 to 1.9."""
_ITALIC = 0.12
"""Heights by which stems lean: upright ones by 0.05 at most, italic ones by 0.2."""
_SAME_SHADE, _OTHER_SHADE = 30, 50
"""Of 255, by which the greys of one colour differ, and by which at least another is lighter or darker."""
_SCATTER, _SCATTER_OF_LETTER = 0.04, 0.1
"""Shares of the font size by which that of a long line differs from it, and that of a letter besides."""


class _Look(Struct, frozen=True):
    bold: bool
    italic: bool
    grey: int
    capitals: bool


class Height(Struct, frozen=True):
    """The mean of as many letters, in pixels."""

    pixels: float = 0.0
    letters: int = 0


Heights = tuple[Height, ...]
"""Of capitals, of letters with ascenders, of digits, and of letters as high as an x."""


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
    slant: float = 0.0
    """How far stems lean to the right, in heights."""
    shade: float = 0.0
    """The grey of the print, 0 black."""
    heights: Heights = ()
    centres: tuple[float, ...] = ()
    """Of the characters, pixels from the left; none where unknown."""


def confidence(readings: Sequence[Reading]) -> float:
    """The mean over all characters, 0 where there are none."""
    chars = sum(len(reading.text) for reading in readings)
    return sum(len(reading.text) * reading.confidence for reading in readings) / chars if chars else 0.0


def fragments(readings: Sequence[Reading], points_per_pixel: float) -> list[Fragment]:
    """Font sizes and boxes are those that the print would have had as text."""
    shares = _shares(readings)
    mended = ((clean(mend(reading.text)), reading) for reading in readings)
    found = [
        (text, reading, _size(text, reading, shares) * points_per_pixel) for text, reading in mended if text
    ]
    shades = _usual([(reading.shade, len(text), _SAME_SHADE) for text, reading, _ in found])
    regular = _median([(reading.stroke, len(text)) for text, reading, _ in found])
    body = _median([(size, len(text)) for text, _, size in found])
    ink = _median([(shades[reading.shade], len(text)) for text, reading, _ in found])
    looks = [
        _Look(
            bold=reading.stroke > _BOLD * regular * max(1.0, size / body),
            italic=reading.slant > _ITALIC,
            grey=_grey(shades[reading.shade], ink),
            capitals=text.isupper(),
        )
        for text, reading, size in found
    ]
    sizes = _sizes(looks, [(size, len(text), _scatter(reading) * size) for text, reading, size in found])
    return [
        _fragment(text, reading, size, look, points_per_pixel)
        for (text, reading, _), look, size in zip(found, looks, sizes, strict=True)
    ]


def _sizes(looks: Sequence["_Look"], measured: Sequence[tuple[float, int, float]]) -> list[float]:
    """Of fonts, in half points: what looks the same otherwise, and has nearly the same size, has one size."""
    sizes = [0.0] * len(measured)
    for look in set(looks):
        alike = [index for index, other in enumerate(looks) if other == look]
        usual = _usual([measured[index] for index in alike])
        for index in alike:
            sizes[index] = usual[measured[index][0]]
    together = _usual(
        [(size, chars, _SCATTER * size) for size, (_, chars, _) in zip(sizes, measured, strict=True)]
    )
    return [round(2 * together[size]) / 2 for size in sizes]


def _shares(readings: Sequence[Reading]) -> tuple[float, ...]:
    """How high the letters of `Heights` are in the page's font, in font sizes."""
    shares = []
    for kind, usual in enumerate(_SHARES):
        both = ((each.heights[kind], each.heights[0]) for each in readings if each.heights)
        found = [
            (some.pixels / caps.pixels, some.letters) for some, caps in both if some.letters and caps.letters
        ]
        shares.append(_CAP_HEIGHT * _median(found) or usual)
    return tuple(shares)


def size_of(heights: Heights, shares: Sequence[float] = _SHARES) -> float:
    """In pixels, 0 where there are no letters; ``shares`` are those of the font size."""
    letters = sum(height.letters for height in heights)
    sizes = (height.letters * height.pixels / share for height, share in zip(heights, shares, strict=False))
    return sum(sizes) / letters if letters else 0.0


def _median(values: list[tuple[float, int]]) -> float:
    """Of values with their weights, 0 where there are none."""
    half = sum(weight for _, weight in values) / 2
    for value, weight in sorted(values):
        half -= weight
        if half <= 0:
            return value
    return 0.0


def _size(text: str, reading: Reading, shares: Sequence[float]) -> float:
    """By its letters, or by the height of its box where they are not known."""
    if size := size_of(reading.heights, shares):
        return size
    top = shares[0] if _HIGH.search(text) else shares[-1]
    return (reading.y1 - reading.y0) / (top + (_DESCENT if _LOW.search(text) else 0))


def _grey(shade: float, ink: float) -> int:
    """That of ``ink``, most of the page's, is black: thin strokes seem lighter than thick ones."""
    return 0 if abs(shade - ink) < _OTHER_SHADE else round(shade)


def _scatter(reading: Reading) -> float:
    """By which share the size that is measured may differ from the font's."""
    return _SCATTER + _SCATTER_OF_LETTER / math.sqrt(
        max(sum(height.letters for height in reading.heights), 1)
    )


def _usual(measured: Sequence[tuple[float, int, float]]) -> dict[float, float]:
    """For each of the values, with their weights and by how much they may differ, the mean of the commonest
    near it: what is measured scatters, and the looks of a page are few."""
    usual: dict[float, float] = {}
    values, weights, by = np.array(sorted(measured), dtype=np.float64).reshape(-1, 3).T
    near = np.abs(values[None, :] - values[:, None]) <= by
    left = np.ones(len(values), dtype=np.bool_)
    while left.any():
        centre = int(np.where(left, near @ (weights * left), -1).argmax())
        some = (near[centre] & left) | (np.arange(len(values)) == centre)
        mean = float(np.average(values[some], weights=weights[some]))
        usual |= dict.fromkeys(values[some].tolist(), mean)
        left &= ~some
    return usual


def as_before(found: Sequence[Fragment], before: Sequence[Fragment]) -> list[Fragment]:
    """With the sizes and greys that the same fonts had on the pages before."""
    sizes = {each.size for each in before}
    colours = {each.colour for each in before}

    def like(fragment: Fragment) -> Fragment:
        size = min(sizes, key=lambda size: abs(size - fragment.size), default=0.0)
        colour = min(colours, key=lambda colour: abs(colour - fragment.colour), default=0)
        return msgspec.structs.replace(
            fragment,
            size=size if abs(size - fragment.size) <= 2 * _SCATTER * size else fragment.size,
            colour=colour if abs(colour - fragment.colour) <= 0x10101 * _SAME_SHADE else fragment.colour,
        )

    return list(map(like, found))


def _fragment(text: str, reading: Reading, size: float, look: _Look, points_per_pixel: float) -> Fragment:
    baseline = reading.y1 * points_per_pixel - (_DESCENT * size if _LOW.search(text) else 0)
    return Fragment(
        text,
        reading.x0 * points_per_pixel,
        baseline - _LINE_ABOVE * size,
        reading.x1 * points_per_pixel,
        baseline + _LINE_BELOW * size,
        size,
        bold=look.bold,
        italic=look.italic,
        colour=0x10101 * look.grey,
        baseline=baseline,
        confidence=reading.confidence,
    )
