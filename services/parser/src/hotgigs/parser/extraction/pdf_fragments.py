"""Pieces of text on a PDF page, as PyMuPDF's ``dict`` output positions them."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
import pymupdf
from msgspec import Struct

from hotgigs.parser.document import Line
from hotgigs.parser.extraction.cleaning import clean
from hotgigs.parser.extraction.leads import lead
from hotgigs.parser.extraction.pdf_letter_spacing import closed_up, is_letter_spaced

_FLAGS = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_MEDIABOX_CLIP
_ITALIC, _BOLD = 1 << 1, 1 << 4
_BOLD_NAMES = ("bold", "black", "heavy", "demi")
_WIDE_GAP = 1.2
"""Times the font size: a wider gap separates parts of a line."""


Look = tuple[float, bool, bool, int]
"""Size in points, bold, italic, colour."""
_NO_LOOK: Look = (0.0, False, False, 0)


class Fragment(Struct, frozen=True):
    """Text without a wide gap on one baseline; distances in points from the page's top left."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool
    italic: bool
    colour: int
    baseline: float
    confidence: float = 1.0
    lead: str = ""
    """As that of a `Line`."""
    turned: bool = False
    """By 90 degrees."""
    looks: tuple[Look, Look] = (_NO_LOOK, _NO_LOOK)
    """Of the first and the last piece of the text."""


class Block(Fragment, frozen=True):
    """What has been read, in the place that it takes on the page; its text goes nowhere else."""

    lines: tuple[Line, ...] = ()


def _look(span: dict[str, Any]) -> Look:
    return (round(span["size"], 1), _is_bold(span), bool(span["flags"] & _ITALIC), int(span["color"]))


def fragments(page: Any) -> list[Fragment]:
    """Of a `pymupdf.Page`, in the order of the file; without text that is neither upright nor `turned`."""
    found: list[Fragment] = []
    letters: list[Any] | None = None
    for number, block in enumerate(page.get_text("dict", flags=_FLAGS)["blocks"]):
        for line_number, line in enumerate(block.get("lines", ())):
            if line["dir"][0] < 0.9:
                if abs(line["dir"][1]) > 0.99:
                    found.extend(
                        msgspec.structs.replace(each, turned=True) for each in _fragment(line["spans"])
                    )
                continue
            if is_letter_spaced("".join(span["text"] for span in line["spans"])):
                letters = letters or page.get_text("rawdict", flags=_FLAGS)["blocks"]
                found.extend(_fragment(line["spans"], closed_up(letters[number]["lines"][line_number])))
            else:
                found.extend(_fragments_of_line(line["spans"]))
    return found


def _fragments_of_line(spans: Iterable[dict[str, Any]]) -> Iterator[Fragment]:
    together: list[dict[str, Any]] = []
    for span in spans:
        if not span["text"].strip():
            if together:
                together.append(span)
            continue
        if together and span["bbox"][0] - _right_edge(together) > _WIDE_GAP * span["size"]:
            yield from _fragment(together)
            together = []
        together.append(span)
    if together:
        yield from _fragment(together)


def _right_edge(spans: list[dict[str, Any]]) -> float:
    return next(float(span["bbox"][2]) for span in reversed(spans) if span["text"].strip())


def _fragment(spans: list[dict[str, Any]], text: str | None = None) -> Iterator[Fragment]:
    """``text``: what the spans say, where it is not what stands in them."""
    text = clean("".join(span["text"] for span in spans) if text is None else text)
    if not text:
        return
    if len(spans) == 1:
        span = spans[0]
        x0, y0, x1, y1 = span["bbox"]
        yield Fragment(
            text,
            x0,
            y0,
            x1,
            y1,
            float(span["size"]),
            _is_bold(span),
            bool(span["flags"] & _ITALIC),
            int(span["color"]),
            float(span["origin"][1]),
            looks=(_look(span), _look(span)),
        )
        return
    printed = [span for span in spans if span["text"].strip()]
    chars = sum(len(span["text"]) for span in printed)
    main = max(printed, key=lambda span: len(span["text"]))
    bold = sum(len(span["text"]) for span in printed if _is_bold(span))
    italic = sum(len(span["text"]) for span in printed if span["flags"] & _ITALIC)
    yield Fragment(
        text,
        min(span["bbox"][0] for span in printed),
        min(span["bbox"][1] for span in printed),
        max(span["bbox"][2] for span in printed),
        max(span["bbox"][3] for span in printed),
        float(main["size"]),
        2 * bold > chars,
        2 * italic > chars,
        int(main["color"]),
        float(main["origin"][1]),
        lead=lead(text, ((span["text"], _is_bold(span), bool(span["flags"] & _ITALIC)) for span in printed)),
        looks=(_look(printed[0]), _look(printed[-1])),
    )


def _is_bold(span: dict[str, Any]) -> bool:
    if span["flags"] & _BOLD:
        return True
    font = span["font"].lower()
    return any(name in font for name in _BOLD_NAMES)
