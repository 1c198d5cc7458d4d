"""The pages of a document that have to be recognised.

A scanned application may hold the resume and, behind it, dozens of certificates: the first
`MAX_PAGES` scanned pages are read, and the others are taken for attachments. Where time runs out
before, the document goes on with what was read if that is `ENOUGH_PAGES`, in which a resume tells
what matters; with less it is refused, since a resume that silently lost jobs is worse than none.
"""

import time

import pymupdf
from msgspec import Struct

from hotgigs.parser.errors import Unreadable
from hotgigs.parser.extraction.ocr import neural
from hotgigs.parser.extraction.ocr.prints import measured
from hotgigs.parser.extraction.ocr.rendering import Rendering, render, render_straight
from hotgigs.parser.extraction.ocr.straighten import Image
from hotgigs.parser.extraction.ocr.tesseract import Tesseract, installed_languages
from hotgigs.parser.extraction.ocr.words import Reading, as_before, confidence, fragments
from hotgigs.parser.extraction.pdf_fragments import Fragment

MAX_PAGES = 8
ENOUGH_PAGES = 2
BUDGET_S = 22.0
"""No page is begun later than this after the first."""
NEURAL_S = 9.0
"""Pages begun later are read by Tesseract, where it is installed: it is quicker, and reads less well."""

_PAGE_TIME_LIMIT_S = 6.0
"""Of Tesseract, so that a page begun in time ends in time."""
_UNSURE = 0.6
"""A mean confidence below which a page may have been read upside down."""
_TOO_SLOW = "This file is a scan that takes too long to read; upload fewer pages, or a PDF with text."


class ScannedPage(Struct, frozen=True):
    """``fragments`` stand on the page as it is read, laid straight and upright; its ``height`` and
    their distances are points times ``scale`` (1, but where the page claims a size that no paper has)."""

    fragments: list[Fragment]
    height: float
    scale: float


class Scans:
    """The scanned pages of one document, read in order."""

    def __init__(self) -> None:
        self._began_s: float | None = None
        self._pages = 0
        self._before: list[Fragment] = []
        self._tesseract = Tesseract()

    def read(self, page: object) -> ScannedPage | None:
        """Of a `pymupdf.Page`; None for a page that shows no text or is one too many.

        Raises `Unreadable` where time is up too early.
        """
        if self._pages >= MAX_PAGES:
            return None
        if self._began_s is None:
            self._began_s = time.monotonic()
        if self._elapsed_s() > BUDGET_S:
            if self._pages < ENOUGH_PAGES:
                raise Unreadable(_TOO_SLOW)
            return None
        try:
            rendering = render_straight(page)
        except (RuntimeError, ValueError, MemoryError, pymupdf.mupdf.FzErrorBase):
            return None
        if rendering is None:
            return None
        self._pages += 1
        return self._read(page, rendering)

    def _read(self, page: object, rendering: Rendering) -> ScannedPage:
        readings = self._recognise(rendering.image)
        if confidence(readings) < _UNSURE:
            turned = render(page, rendering.degrees + 180)
            others = self._recognise(turned.image)
            if confidence(others) > confidence(readings):
                rendering, readings = turned, others
        readings = measured(rendering.image, readings)
        found = as_before(fragments(readings, rendering.points_per_pixel), self._before)
        self._before += found
        return ScannedPage(
            [rendering.placed(fragment) for fragment in found], rendering.height, rendering.scale
        )

    def _recognise(self, image: Image) -> list[Reading]:
        if self._elapsed_s() > NEURAL_S and installed_languages():
            return self._tesseract.read(image, _PAGE_TIME_LIMIT_S)
        return neural.read(image)

    def _elapsed_s(self) -> float:
        return 0.0 if self._began_s is None else time.monotonic() - self._began_s
