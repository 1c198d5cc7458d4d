"""Letter-spaced lines of a PDF, ``N A M E``, put together again by the gaps that are really printed."""

from collections.abc import Mapping
from itertools import pairwise
from statistics import median
from typing import Any

_MIN_TOKENS = 3
_MOSTLY = 0.7
_WORD_GAP = 0.2
"""Times the font size: so much more than between its letters stands between words."""


def is_letter_spaced(text: str) -> bool:
    tokens = text.split()
    if len(tokens) < _MIN_TOKENS:
        return False
    single = sum(sum(map(str.isalnum, token)) <= 1 and not token[0].isdecimal() for token in tokens)
    return single >= _MOSTLY * len(tokens)


def closed_up(line: Mapping[str, Any]) -> str:
    """The text of a line of PyMuPDF's ``rawdict`` output; the same width of gap parts all its letters."""
    chars = [(char, span["size"]) for span in line["spans"] for char in span["chars"] if char["c"].strip()]
    gaps = [after["bbox"][0] - before["bbox"][2] for (before, _), (after, _) in pairwise(chars)]
    if not gaps:
        return "".join(char["c"] for char, _ in chars)
    usual = median(gaps)
    text = chars[0][0]["c"]
    for gap, (char, size) in zip(gaps, chars[1:], strict=True):
        text += (" " if gap > usual + _WORD_GAP * size else "") + char["c"]
    return str(text)
