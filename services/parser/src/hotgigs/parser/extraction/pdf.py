"""PDF, read with PyMuPDF."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec
import pymupdf

from hotgigs.parser.document import Document, Line
from hotgigs.parser.errors import Unreadable
from hotgigs.parser.extraction.allowance import TOO_LONG, Allowance
from hotgigs.parser.extraction.leads import lead
from hotgigs.parser.extraction.ocr.garbage import MIN_CHARS, is_garbage
from hotgigs.parser.extraction.pdf_blocks import LineOf
from hotgigs.parser.extraction.pdf_boxes import with_boxes
from hotgigs.parser.extraction.pdf_cards import cards_read_one_by_one
from hotgigs.parser.extraction.pdf_columns import Region, regions, rows
from hotgigs.parser.extraction.pdf_fragments import Block, Fragment, fragments
from hotgigs.parser.extraction.pdf_headings import with_whole_headings
from hotgigs.parser.extraction.pdf_heads import with_head_stacks
from hotgigs.parser.extraction.pdf_marks import with_drawn_marks
from hotgigs.parser.extraction.pdf_rulings import drawings_of, rulings
from hotgigs.parser.extraction.pdf_tables import with_tables
from hotgigs.parser.extraction.pdf_turned import bands
from hotgigs.parser.extraction.pdf_wraps import with_whole_headers

if TYPE_CHECKING:
    from hotgigs.parser.extraction.ocr.scans import Scans

MAX_PAGES = 100
MAX_FRAGMENTS = 10_000
"""On a page, some thirty times those of a dense one: finding columns compares them with each other."""

_SCAN = (
    "This file is a scan: it holds pictures of pages, in which no text could be read. "
    "Upload the original document or a PDF with text."
)
_SCAN_COVERS = 0.3
"""Share of a page with hardly any text that pictures cover if it is a scan."""
_MARGIN = 0.09
"""Share of the page's height at its top and bottom where headers and footers stand."""
_PAGE_NUMBER = re.compile(
    r"(?:page|seite|página|pagina|p\.?)?\s{0,2}\d{1,3}(?:\s{0,2}(?:/|of|von|de|sur)\s{0,2}\d{1,3})?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_WORD_GAP = 0.9
"""Times the font size: a narrower gap between fragments is a space, a wider one a tab."""
_SPACE = 0.35
"""Times the font size: a gap that is wider than the space between words."""
_MIN_AT_EDGE = 5
_MAX_MARK_CHARS = 2
"""Of a bullet, number or icon before the text."""

# MuPDF prints its warnings about the uploader's file to standard error.
pymupdf.TOOLS.mupdf_display_errors(False)  # type: ignore[no-untyped-call]
pymupdf.TOOLS.mupdf_display_warnings(False)  # type: ignore[no-untyped-call]


def extract(data: bytes, on_scan: Callable[[], None] = lambda: None) -> Document:
    """Lines of all pages in reading order, headers and footers that recur on pages marked as such.

    Pages without text, or with a text layer that does not say what they show, are recognised;
    ``on_scan`` is called before the first. Raises `Unreadable` where the file is encrypted, damaged,
    or has no text, too many pages, or scanned pages that take too long.
    """
    try:
        with pymupdf.open(stream=data, filetype="pdf") as pdf:  # type: ignore[no-untyped-call]
            return _read(pdf, on_scan)
    except (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase) as err:
        raise Unreadable("This PDF is damaged and cannot be read.") from err


def _read(pdf: Any, on_scan: Callable[[], None]) -> Document:
    if pdf.needs_pass:
        raise Unreadable("This PDF is protected by a password. Upload it without protection.")
    if pdf.page_count > MAX_PAGES:
        raise Unreadable(f"This PDF has more than {MAX_PAGES} pages, which no resume has.")
    pages: list[list[Line]] = []
    heights: list[float] = []
    gutters: list[float] = []
    allowance = Allowance()
    scans: Scans | None = None
    for page in pdf:
        if page.rotation:
            page.remove_rotation()
        text, turned = _fragments(page)
        height, scale = page.rect.height, 1.0
        if _is_scan(page, text):
            if scans is None:
                on_scan()
                scans = _open_scans()
            if (scan := scans.read(page)) and scan.fragments:
                text, turned = scan.fragments, []
                height, scale = scan.height, scan.scale
        number = page.number + 1
        if scale == 1:
            text = _with_blocks(page, text, partial(_line, page=number, column=0, starts={}))
        lines, gutters = _lines_of_page(text, turned, number, gutters)
        for line in lines:
            allowance.spend_line(line.text)
        pages.append(lines if scale == 1 else [_scaled(line, 1 / scale) for line in lines])
        heights.append(height / scale)
    if not any(pages):
        raise Unreadable("This PDF has no text." if scans is None else _SCAN)
    lines_of_all = tuple(_with_margins(pages, heights))
    return Document(lines=lines_of_all, page_count=len(pages), has_geometry=True)


def _fragments(page: Any) -> tuple[list[Fragment], list[Fragment]]:
    """Those that are upright, and those that are turned."""
    found = fragments(page)
    if len(found) > MAX_FRAGMENTS:
        raise Unreadable(TOO_LONG)
    return [each for each in found if not each.turned], [each for each in found if each.turned]


def _with_blocks(page: Any, text: Sequence[Fragment], line_of: LineOf) -> list[Fragment]:
    drawings = drawings_of(page)
    marked = with_drawn_marks(drawings, text)
    in_tables = with_tables(page, rulings(drawings), marked, line_of)
    return with_boxes(drawings, page.rect.height, in_tables, line_of)


def _open_scans() -> "Scans":
    from hotgigs.parser.extraction.ocr.scans import Scans  # noqa: PLC0415 - a document with text needs none

    return Scans()


def _is_scan(page: Any, text: Sequence[Fragment]) -> bool:
    printed = "".join(fragment.text for fragment in text)
    if len(printed) >= MIN_CHARS:
        return is_garbage(printed)
    return not printed or _share_of_pictures(page) > _SCAN_COVERS


def _share_of_pictures(page: Any) -> float:
    """The largest one's, of the page."""
    whole = page.rect
    shown = ((whole & info["bbox"]).get_area() for info in page.get_image_info())
    return float(max(shown, default=0.0)) / max(float(whole.get_area()), 1.0)


def _scaled(line: Line, by: float) -> Line:
    return msgspec.structs.replace(
        line,
        x0=line.x0 * by,
        y0=line.y0 * by,
        x1=line.x1 * by,
        y1=line.y1 * by,
        font_size=round(line.font_size * by, 1),
    )


def _lines_of_page(
    text: Sequence[Fragment], turned: Sequence[Fragment], page: int, gutters: list[float]
) -> tuple[list[Line], list[float]]:
    """In reading order, and the gutters of the page's columns; sections beside turned headings have none."""
    parts = bands(text, turned)
    if page == 1:
        end = None if len(parts) == 1 else max((each.y1 for each in parts[0].fragments), default=0.0)
        text = with_head_stacks(parts[0].fragments, end, partial(_line, page=page, column=0, starts={}))
        parts[0] = msgspec.structs.replace(parts[0], fragments=text)
    if len(parts) == 1:
        found, gutters = regions(with_whole_headings(text), gutters)
        return [line for region in found for line in _lines(region, page)], gutters
    lines: list[Line] = []
    for part in parts:
        if part.heading is not None:
            lines.append(_line([part.heading], page, 0, {}))
        found, _ = regions(part.fragments)
        lines += (
            msgspec.structs.replace(line, column=0) for region in found for line in _lines(region, page)
        )
    return lines, []


def _lines(region: Region, page: int) -> list[Line]:
    starts = Counter(round(fragment.x0) for fragment in region.fragments)
    in_order = with_whole_headers(cards_read_one_by_one(rows(region.fragments)))
    return [line for row in in_order for line in _lines_of_row(row, page, region.column, starts)]


def _lines_of_row(row: list[Fragment], page: int, column: int, starts: Mapping[int, int]) -> list[Line]:
    """What stands beside a block goes with the first line of it."""
    held = [line for fragment in row if isinstance(fragment, Block) for line in fragment.lines]
    beside = [fragment for fragment in row if not isinstance(fragment, Block)]
    if not held:
        return [_line(row, page, column, starts)]
    held = [msgspec.structs.replace(line, column=column) for line in held]
    if beside:
        first = _line(beside, page, column, starts)
        held[0] = msgspec.structs.replace(held[0], text=f"{first.text}\t{held[0].text}", x0=first.x0)
    return held


def _line(row: list[Fragment], page: int, column: int, starts: Mapping[int, int]) -> Line:
    """``starts``: how many fragments of the region begin at a distance from the left."""
    text = row[0].text
    for before, fragment in pairwise(row):
        text += ("\t" if _are_apart(before, fragment, starts) else " ") + fragment.text
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
        colour=main.colour,
        lead=_lead(row, text),
        column=column,
        confidence=min(1.0, sum(len(f.text) * f.confidence for f in row) / chars),
    )


def _lead(row: Sequence[Fragment], text: str) -> str:
    """Of the line's first fragment, or of several that are each set in one way."""
    if row[0].lead or len(row) == 1:
        return row[0].lead
    return lead(text, ((fragment.text, fragment.bold, fragment.italic) for fragment in row))


def _are_apart(before: Fragment, fragment: Fragment, starts: Mapping[int, int]) -> bool:
    """By a wide gap, or where the fragment begins at an edge as many do that have a label before them."""
    gap = fragment.x0 - before.x1
    if gap >= _WORD_GAP * fragment.size:
        return True
    begins_at_edge = sum(starts.get(round(fragment.x0) + by, 0) for by in (-1, 0, 1)) >= _MIN_AT_EDGE
    return begins_at_edge and gap >= _SPACE * fragment.size and len(before.text) > _MAX_MARK_CHARS


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
