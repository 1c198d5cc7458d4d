"""Printed lines put together again to the paragraphs and list items that they are the lines of."""

from collections.abc import Sequence

from hotgigs.parser.document import Line
from hotgigs.parser.separators import bullet_text

_CHAR_WIDTH = 0.55
"""Times the font size: how wide a character is on average."""
_SET_HYPHEN = "\u2010"
"""Not on keyboards: browsers print it where they break a word."""


def passages(lines: Sequence[Line]) -> list[str]:
    """One text for each paragraph or list item.

    Without geometry every line is one already. With it, a line goes on where the next line's first
    word would not have fitted on it.
    """
    margin = max((line.x1 for line in lines), default=0.0)
    marked = any(bullet_text(line.text) for line in lines)
    found: list[str] = []
    before: Line | None = None
    for line in lines:
        text = bullet_text(line.text)
        if before is not None and text is None and _goes_on(before, line, margin, marked):
            found[-1] = joined(found[-1], line.text)
        else:
            found.append((line.text if text is None else text).strip())
        before = line
    return [text.replace("\t", " ") for text in found if text]


def _goes_on(before: Line, line: Line, margin: float, marked: bool) -> bool:
    if not line.page or line.is_list_item:
        return False
    if marked and line.x0 >= before.x0 - 1 and line.page == before.page and line.text[0].islower():
        return True
    return line.text[0].islower() or runs_over(before, line, margin)


def runs_over(before: Line, line: Line, margin: float) -> bool:
    """Would the next line's first word not have fitted before the ``margin`` (points from the left)?"""
    first_word = line.text.split(None, 1)[0]
    return margin - before.x1 < _CHAR_WIDTH * line.font_size * (len(first_word) + 1)


def joined(text: str, more: str) -> str:
    """The text and its next line; a word broken at a hyphen stays as printed, unless the page set it."""
    if text.endswith(_SET_HYPHEN) and text[-2:-1].isalpha() and more[:1].islower():
        return text[:-1] + more
    if text.endswith("-") and text[-2:-1].isalpha():
        return text + more
    return f"{text} {more}"
