"""How a scanned page lies: which way up, and askew by how much."""

import math
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
"""Rows of grey pixels, 0 black."""
Mask = NDArray[np.bool_]

_MAX_SKEW = 8.0
"""Degrees."""
_MAX_POINTS = 50_000
_MIN_POINTS = 200
_MIN_CONTRAST = 40
_MAX_LETTER, _MIN_LETTER = 40, 3
"""Pixels at the resolution of the estimate: larger shapes are rules, pictures and backgrounds."""
_STRIPS = 4
_MIN_LINE, _MAX_LINE = 6, 40
_MIN_LINES = 4


def letters(image: Image) -> Mask:
    """The pixels of letters, dark on light or light on dark, at about 100 dpi."""
    dark, paper = (float(value) for value in np.percentile(image, (0.5, 60)))
    if paper - dark < _MIN_CONTRAST:
        dark, paper = (float(value) for value in np.percentile(image, (40, 99.5)))
    if paper - dark < _MIN_CONTRAST:
        return np.zeros(image.shape, dtype=np.bool_)
    printed = image < (dark + paper) / 2
    return _small_shapes(printed) | _small_shapes(~printed)


def _small_shapes(mask: Mask) -> Mask:
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    sides = stats[:, (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT)]
    small = (sides.max(axis=1) <= _MAX_LETTER) & (sides.max(axis=1) >= _MIN_LETTER)
    small[0] = False
    shapes: Mask = small[labels]
    return shapes


def turn_to_straighten(mask: Mask) -> float:
    """Degrees, clockwise, by which a page of `letters` has to be turned to be read.

    Lines of text make the sharpest profile (sum of squared differences of the ink in neighbouring
    rows) along their own direction; Latin letters reach above their body more often than below it.
    """
    y, x = np.nonzero(mask)
    if len(y) < _MIN_POINTS:
        return 0.0
    if len(y) > _MAX_POINTS:
        some = np.random.default_rng(0).choice(len(y), _MAX_POINTS, replace=False)
        y, x = y[some], x[some]
    flipped_x = mask.shape[1] - 1 - x
    flat, flat_skew = _skew(y, x)
    upended, upended_skew = _skew(flipped_x, y)
    if flat >= upended:
        turn, skew, rows, columns = 0.0, flat_skew, y, x
    else:
        turn, skew, rows, columns = 270.0, upended_skew, flipped_x, y
    if _is_upside_down(_sheared(rows, columns, skew), columns):
        turn += 180
    return (turn - skew) % 360


def _skew(y: NDArray[Any], x: NDArray[Any]) -> tuple[float, float]:
    """The sharpest profile, and the angle in degrees at which it is found, clockwise positive."""
    _, coarse = _sharpest(y, x, np.arange(-_MAX_SKEW, _MAX_SKEW + 0.1, 0.5))
    return _sharpest(y, x, np.arange(coarse - 0.4, coarse + 0.45, 0.1))


def _sharpest(y: NDArray[Any], x: NDArray[Any], angles: NDArray[np.float64]) -> tuple[float, float]:
    return max((_sharpness(y, x, float(angle)), float(angle)) for angle in angles)


def _sharpness(y: NDArray[Any], x: NDArray[Any], angle: float) -> float:
    profile = np.bincount(_sheared(y, x, angle)).astype(np.float64)
    return float(np.square(np.diff(profile)).sum())


def _sheared(y: NDArray[Any], x: NDArray[Any], angle: float) -> NDArray[np.int64]:
    rows = np.rint(y - x * math.tan(math.radians(angle))).astype(np.int64)
    sheared: NDArray[np.int64] = rows - rows.min()
    return sheared


def _is_upside_down(rows: NDArray[np.int64], columns: NDArray[Any]) -> bool:
    above = below = lines = 0
    width = int(columns.max()) + 1
    for strip in range(_STRIPS):
        profile = np.bincount(rows[(columns * _STRIPS) // width == strip], minlength=2)
        for start, end in _runs(profile > 0):
            if not _MIN_LINE <= end - start <= _MAX_LINE:
                continue
            line = profile[start:end]
            body = np.nonzero(line > 0.5 * line.max())[0]
            above += int(line[: body[0]].sum())
            below += int(line[body[-1] + 1 :].sum())
            lines += 1
    return lines >= _MIN_LINES and below > above


def _runs(on: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], on.astype(np.int8), [0]))))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
