"""Pages as grey pictures that lie straight."""

from typing import Any

import msgspec
import numpy as np
import pymupdf
from msgspec import Struct

from hotgigs.parser.extraction.ocr.straighten import Image, letters, turn_to_straighten
from hotgigs.parser.extraction.pdf_fragments import Fragment

DPI = 200
_ESTIMATE_DPI = 100
_MAX_PIXELS = 10_000_000
_SHORT_SIDE, _MIN_SIDE, _MAX_SIDE = 595.0, 350.0, 900.0
"""Points: of A4, and of what paper may have. Scanning apps claim any size; what is smaller or larger is
taken for A4."""
_MIN_LETTERS = 0.0005
"""Share of the page's pixels: less is an empty page, or a picture."""


class Rendering(Struct, frozen=True):
    """``degrees`` clockwise straightened it; (``left``, ``top``) is the upright page's corner in pixels."""

    image: Image
    degrees: float
    left: float
    top: float
    height: float
    scale: float
    points_per_pixel: float

    def placed(self, fragment: Fragment) -> Fragment:
        """From the picture to the page."""
        dx, dy = self.left * self.points_per_pixel, self.top * self.points_per_pixel
        return msgspec.structs.replace(
            fragment, x0=fragment.x0 - dx, x1=fragment.x1 - dx, y0=fragment.y0 - dy, y1=fragment.y1 - dy
        )


def render_straight(page: Any) -> Rendering | None:
    """Of a `pymupdf.Page`, or None where it shows nothing that could be text."""
    if min(page.rect.width, page.rect.height) < 1:
        return None
    estimate = render(page, 0.0, _ESTIMATE_DPI)
    if not estimate.image.size:
        return None
    mask = letters(estimate.image)
    if mask.mean() < _MIN_LETTERS:
        return None
    return render(page, turn_to_straighten(mask))


def render(page: Any, degrees: float, dpi: int = DPI) -> Rendering:
    """Turned clockwise about its middle, at ``dpi`` or as many as the largest picture allows."""
    width, height = page.rect.width, page.rect.height
    short = min(width, height)
    scale = 1.0 if _MIN_SIDE <= short <= _MAX_SIDE else _SHORT_SIDE / short
    zoom = min(dpi / 72 * scale, (_MAX_PIXELS / (width * height)) ** 0.5)
    matrix = pymupdf.Matrix(zoom, zoom).prerotate(degrees)  # type: ignore[no-untyped-call]
    pixmap = page.get_pixmap(matrix=matrix, colorspace=pymupdf.csGRAY, alpha=False)
    image = np.frombuffer(pixmap.samples, np.uint8).reshape(pixmap.height, pixmap.stride)
    if round(degrees / 90) % 2:
        width, height = height, width
    return Rendering(
        image=image[:, : pixmap.width],
        degrees=degrees,
        left=(pixmap.width - width * zoom) / 2,
        top=(pixmap.height - height * zoom) / 2,
        height=height * scale,
        scale=scale,
        points_per_pixel=scale / zoom,
    )
