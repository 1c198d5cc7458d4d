"""What the print of a line looks like: where it stands, how large, thick, slanted and dark it is."""

from collections.abc import Iterator, Sequence

import cv2
import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from hotgigs.parser.extraction.ocr.gaps import Part, Shapes, parted
from hotgigs.parser.extraction.ocr.straighten import Image, Mask
from hotgigs.parser.extraction.ocr.words import Height, Heights, Reading, size_of

_MIDDLE = 0.2
"""Share of a box above and below its middle: there is nothing but the line and what it is printed on."""
_BESIDE = 3
"""Columns of pixels at either end of a box: there is nothing but what the line is printed on."""
_MIN_CONTRAST = 12.0
_RULE, _THIN = 2.0, 0.2
"""Heights of the box: what is so wide and so thin is a rule."""
_MARGIN = 0.25
"""Share of a box above and below that the body of a line never fills."""
_INKED = 0.35
"""As much of a pixel is printed where a thin stroke passes."""
_BODY = 0.35
"""Of the most printed row: rows with as much are between the baseline and the height of an x."""
_ABOVE, _BELOW = 1.1, 0.75
"""Heights of an x by which letters, their accents and descenders reach over these rows."""
_MIN_AREA = 3
"""Pixels: smaller shapes are specks."""
_KINDS = (
    frozenset("ABCDEFGHIKLMNOPRSTUVWXYZ"),
    frozenset("bdfhkl"),
    frozenset("0123456789"),
    frozenset("acemnorsuvwxz"),
)
"""Of `Heights`."""
_BOX = 1.5
"""Font sizes that the box of a line is high."""
_SLANTS = tuple(np.arange(-0.10, 0.36, 0.04).tolist())


class _Print(Struct, frozen=True):
    """``ink`` of the line, 0 to 1, rows from ``top`` and columns from ``left`` of the page; ``shapes``: its
    connected ones as columns x0, y0, x1, y1 within."""

    ink: NDArray[np.float32]
    shapes: Shapes
    left: int
    top: int
    shade: float


def measured(image: Image, readings: Sequence[Reading]) -> list[Reading]:
    """With tight boxes, parted at wide gaps, and with what their print looks like."""
    return [part for reading in readings for part in _measured(image, reading)]


def _measured(image: Image, reading: Reading) -> Iterator[Reading]:
    line = _print(image, reading)
    if line is None:
        yield reading
        return
    shapes = _on_page(line.shapes, line)
    em = size_of(_heights(shapes, reading))
    likely = (reading.y1 - reading.y0) / _BOX
    if not 0.6 * likely < em < 1.6 * likely:
        em = likely
    for part in parted(reading, shapes, em):
        yield _looked_at(line, part)


def _on_page(shapes: Shapes, line: _Print) -> Shapes:
    placed: Shapes = shapes + np.array((line.left, line.top, line.left, line.top))
    return placed


def _print(image: Image, reading: Reading) -> _Print | None:
    x0, y0 = max(int(reading.x0), 0), max(int(reading.y0), 0)
    crop = image[y0 : int(np.ceil(reading.y1)), x0 : int(np.ceil(reading.x1))].astype(np.float32)
    if min(crop.shape) < 3:
        return None
    ink, shade = _ink(crop)
    if ink is None:
        return None
    shapes = _shapes_of_line(ink > _INKED)
    if not len(shapes):
        return None
    left, top = (int(value) for value in shapes[:, :2].min(axis=0))
    right, bottom = (int(value) for value in shapes[:, 2:].max(axis=0))
    return _Print(ink[top:bottom, left:right], shapes - (left, top, left, top), x0 + left, y0 + top, shade)


def _ink(crop: NDArray[np.float32]) -> tuple[NDArray[np.float32] | None, float]:
    """How much of each pixel is printed, and the grey of what is printed."""
    rows = crop.shape[0]
    middle = crop[int(rows * (0.5 - _MIDDLE)) : int(rows * (0.5 + _MIDDLE)) + 1]
    left, right = float(np.median(middle[:, :_BESIDE])), float(np.median(middle[:, -_BESIDE:]))
    usual = float(np.median(middle))
    paper = left if abs(left - usual) <= abs(right - usual) else right
    dark, light = (float(value) for value in np.percentile(middle, (2, 98)))
    shade = dark if paper - dark >= light - paper else light
    if abs(paper - shade) < _MIN_CONTRAST:
        return None, 0.0
    ink = np.clip((crop - paper) / (shade - paper), 0, 1)
    return ink, float(np.percentile(crop[ink > _INKED], 3 if shade < paper else 97))


def _shapes_of_line(printed: Mask) -> Shapes:
    """The line's in the middle, without what is cut off at the edges: neighbours, rules, fields of colour."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(printed.astype(np.uint8), connectivity=8)
    x0, y0, width, height, area = stats.astype(np.int64).T
    found = np.stack((x0, y0, x0 + width, y0 + height), axis=1)
    rows, columns = printed.shape
    across = (x0 == 0) & (x0 + width == columns) | (width > _RULE * rows) & (height < _THIN * rows)
    down = (y0 == 0) & (y0 + height == rows)
    kept = (area >= _MIN_AREA) & ~across & ~down
    kept[0] = False
    if not kept.any():
        return found[:0]
    profile = kept[labels].sum(axis=1)
    profile[: int(_MARGIN * rows)] = profile[rows - int(_MARGIN * rows) :] = 0
    top, bottom = _run_at(profile > _BODY * profile.max(), int(profile.argmax()))
    body = max(bottom - top, 3)
    on_body = (found[:, 1] < bottom) & (found[:, 3] > top)
    beside = (found[:, 1] >= top - _ABOVE * body) & (found[:, 3] <= bottom + _BELOW * body)
    cut = (found[:, 1] == 0) | (found[:, 3] == rows)
    shapes: Shapes = found[kept & (on_body | beside & ~cut)]
    from_left: Shapes = shapes[shapes[:, 0].argsort()]
    return from_left


def _run_at(on: Mask, at: int) -> tuple[int, int]:
    """The ends of the run that includes ``at``."""
    off = np.flatnonzero(~on)
    before, after = off[off < at], off[off > at]
    return int(before[-1]) + 1 if before.size else 0, int(after[0]) if after.size else len(on)


def _looked_at(line: _Print, part: Part) -> Reading:
    """Of the part between its edges."""
    x0, x1 = part.x0 - line.left, part.x1 - line.left
    shapes = line.shapes[(line.shapes[:, 0] >= x0) & (line.shapes[:, 2] <= x1)]
    if not len(shapes):
        return msgspec.structs.replace(part.reading, x0=part.x0, x1=part.x1)
    y0, y1 = int(shapes[:, 1].min()), int(shapes[:, 3].max())
    ink = line.ink[y0:y1, x0:x1]
    return msgspec.structs.replace(
        part.reading,
        x0=part.x0,
        y0=line.top + y0,
        x1=part.x1,
        y1=line.top + y1,
        stroke=_stroke(ink),
        slant=_slant(ink),
        shade=line.shade,
        heights=_heights(_on_page(shapes, line), part.reading),
    )


def _heights(shapes: Shapes, reading: Reading) -> Heights:
    found: list[list[int]] = [[] for _ in _KINDS]
    centres = np.array(reading.centres)
    for x0, y0, x1, y1 in _letters(shapes):
        inside = {reading.text[at] for at in np.flatnonzero((centres >= x0) & (centres <= x1)).tolist()}
        for kind, heights in zip(_KINDS, found, strict=True):
            if inside and inside <= kind:
                heights.append(y1 - y0)
    return tuple(map(_middle, found))


def _letters(shapes: Shapes) -> list[list[int]]:
    """Shapes, those that stand over each other as one."""
    found: list[list[int]] = []
    for x0, y0, x1, y1 in shapes.tolist():
        last = found[-1] if found else None
        if last and 2 * (last[2] - x0) > min(x1 - x0, last[2] - last[0]):
            found[-1] = [last[0], min(y0, last[1]), max(x1, last[2]), max(y1, last[3])]
        else:
            found.append([x0, y0, x1, y1])
    return found


def _middle(values: list[int]) -> Height:
    """The mean of the middle half."""
    if not values:
        return Height()
    values.sort()
    some = values[len(values) // 4 : len(values) - len(values) // 4]
    return Height(sum(some) / len(some), len(values))


def _stroke(ink: NDArray[np.float32]) -> float:
    """The inked area by the length of its outline, in pixels; about half a stem."""
    printed = ink > 0.5
    outline = int((printed[:, 1:] != printed[:, :-1]).sum() + (printed[1:] != printed[:-1]).sum())
    return float(ink[printed].sum()) / max(outline, 1)


def _slant(ink: NDArray[np.float32]) -> float:
    """How far its stems lean to the right, in heights."""
    y, x = np.nonzero(ink > 0.5)
    if len(y) < 20:
        return 0.0
    y = ink.shape[0] - y

    def sharpness(slant: float) -> float:
        sheared = np.rint(x - y * slant).astype(np.int64)
        return float(np.square(np.bincount(sheared - sheared.min()).astype(np.float64)).sum())

    slant: float = max(_SLANTS, key=sharpness)
    return slant
