"""How thick letters are printed, which tells bold from regular text."""

import msgspec
import numpy as np

from hotgigs.parser.extraction.ocr.straighten import Image
from hotgigs.parser.extraction.ocr.words import Reading


def with_strokes(image: Image, readings: list[Reading]) -> list[Reading]:
    """``stroke`` is set: the inked area by the length of its outline, in pixels; about half a stem."""
    return [msgspec.structs.replace(reading, stroke=_stroke(image, reading)) for reading in readings]


def _stroke(image: Image, reading: Reading) -> float:
    crop = image[int(reading.y0) : int(reading.y1), int(reading.x0) : int(reading.x1)].astype(np.float32)
    if not crop.size:
        return 0.0
    light, dark = float(crop.max()), float(crop.min())
    if light - dark < 1:
        return 0.0
    ink = (light - crop) / (light - dark)
    if ink.mean() > 0.5:
        ink = 1 - ink
    printed = ink > 0.5
    outline = int((printed[:, 1:] != printed[:, :-1]).sum() + (printed[1:] != printed[:-1]).sum())
    return float(ink[printed].sum()) / max(outline, 1)
