"""PDF, read with PyMuPDF."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import msgspec
import pymupdf

from hotgigs.parser.document import Document, Line
from hotgigs.parser.errors import Unreadable
from hotgigs.parser.extraction.allowance import TOO_LONG, Allowance
from hotgigs.parser.extraction.pdf_columns import regions, rows
from hotgigs.parser.extraction.pdf_fragments import Fragment, fragments

MAX_PAGES = 100
MAX_FRAGMENTS = 10_000
"""On a page, some thirty times those of a dense one: finding columns compares them with each other."""

_SCAN = (
    "This file is a scan: it holds pictures of pages and no text. "
    "Upload the original document or a PDF with text."
)
_MIN_CHARS_PER_PAGE = 40
_MARGIN = 0.09
"""Share of the page's height at its top and bottom where headers and footers stand."""
_PAGE_NUMBER = re.compile(
    r"(?:page|seite|página|pagina|p\.?)?\s{0,2}\d{1,3}(?:\s{0,2}(?:/|of|von|de|sur)\s{0,2}\d{1,3})?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_WORD_GAP = 0.9
"""Times the font size: a narrower gap between fragments is a space, a wider one a tab."""

# MuPDF prints its warnings about the uploader's file to standard error.
pymupdf.TOOLS.mupdf_display_errors(False)  # type: ignore[no-untyped-call]
pymupdf.TOOLS.mupdf_display_warnings(False)  # type: ignore[no-untyped-call]


def extract(data: bytes) -> Document:
    """Lines of all pages in reading order, headers and footers that recur on pages marked as such.

    Raises `Unreadable` where the file is encrypted, damaged, a scan, or has no text or too many pages.
    """
    try:
        with pymupdf.open(stream=data, filetype="pdf") as pdf:  # type: ignore[no-untyped-call]
            return _read(pdf)
    except (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase) as err:
        raise Unreadable("This PDF is damaged and cannot be read.") from err


def _read(pdf: Any) -> Document:
    if pdf.needs_pass:
        raise Unreadable("This PDF is protected by a password. Upload it without protection.")
    if pdf.page_count > MAX_PAGES:
        raise Unreadable(f"This PDF has more than {MAX_PAGES} pages, which no resume has.")
    pages: list[list[Line]] = []
    heights: list[float] = []
    gutters: list[float] = []
    pictures = False
    allowance = Allowance()
    for page in pdf:
        if page.rotation:
            page.remove_rotation()
        found, gutters = regions(_fragments(page), gutters)
        pages.append(
            [_line(row, page.number + 1, region.column) for region in found for row in rows(region.fragments)]
        )
        for line in pages[-1]:
            allowance.spend_line(line.text)
        heights.append(page.rect.height)
        if not pictures and _chars(pages[-1]) < _MIN_CHARS_PER_PAGE:
            pictures = bool(page.get_images())
    _require_text(pages, pictures)
    lines = tuple(_with_margins(pages, heights))
    return Document(lines=lines, page_count=len(pages), has_geometry=True)


def _fragments(page: Any) -> list[Fragment]:
    found = fragments(page)
    if len(found) > MAX_FRAGMENTS:
        raise Unreadable(TOO_LONG)
    return found


def _chars(lines: list[Line]) -> int:
    return sum(len(line.text) for line in lines)


def _require_text(pages: list[list[Line]], pictures: bool) -> None:
    chars = sum(map(_chars, pages))
    if pictures and chars < _MIN_CHARS_PER_PAGE * len(pages):
        raise Unreadable(_SCAN)
    if not chars:
        raise Unreadable("This PDF has no text.")


def _line(row: list[Fragment], page: int, column: int) -> Line:
    text = row[0].text
    for before, fragment in pairwise(row):
        text += (" " if fragment.x0 - before.x1 < _WORD_GAP * fragment.size else "\t") + fragment.text
    main = row[0] if len(row) == 1 else max(row, key=lambda fragment: len(fragment.text))
    chars = sum(len(fragment.text) for fragment in row)
    return Line(
        text=text,
        page=page,
        x0=row[0].x0,
        y0=min(fragment.y0 for fragment in row),
        x1=max(fragment.x1 for fragment in row),
        y1=max(fragment.y1 for fragment in row),
        font_size=round(main.size, 1),
        weight=700 if 2 * sum(len(f.text) for f in row if f.bold) > chars else 400,
        italic=2 * sum(len(f.text) for f in row if f.italic) > chars,
        column=column,
    )


def _with_margins(pages: Sequence[list[Line]], heights: Sequence[float]) -> Iterator[Line]:
    """All lines, those that recur in the margins of several pages as stories of their own."""
    seen = Counter(
        key
        for lines, height in zip(pages, heights, strict=True)
        for key in {_margin_key(line, height) for line in lines}
    )
    for lines, height in zip(pages, heights, strict=True):
        headers, body, footers = [], [], []
        for line in lines:
            margin, text = _margin_key(line, height)
            recurs = seen[margin, text] > 1 or _PAGE_NUMBER.fullmatch(text.replace("#", "1"))
            if margin == "header" and recurs:
                headers.append(msgspec.structs.replace(line, story="header"))
            elif margin == "footer" and recurs:
                footers.append(msgspec.structs.replace(line, story="footer"))
            else:
                body.append(line)
        yield from (*headers, *body, *footers)


def _margin_key(line: Line, height: float) -> tuple[str, str]:
    """Which margin the line stands in, and its text with numbers made alike; empty in the body."""
    if line.y1 < _MARGIN * height:
        return "header", _DIGITS.sub("#", line.text)
    if line.y0 > (1 - _MARGIN) * height:
        return "footer", _DIGITS.sub("#", line.text)
    return "", ""
