"""A text as somebody reads it, whatever it is written with; pure.

Digits and letters of any style are plain ones, what is not seen is not there, and what a browser shows as a
character is that character.
"""

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

Span = tuple[int, int]

_WRITTEN = re.compile(
    r"%[2-7][0-9a-f]|&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});|\\u00[2-7][0-9a-f]|</?([a-z]+)\b[^<>@]{0,80}>",
    re.IGNORECASE,
)
_WITHIN_WORDS = frozenset(
    ("a", "b", "code", "em", "font", "i", "mark", "small", "span", "strong", "u", "wbr")
)
"""Tags that do not end a word."""
_UNSEEN = frozenset(("Cf", "Mn", "Me"))
_BLANKS = dict.fromkeys("\u115f\u1160\u2800\u3164\uffa0", " ")


class Reading(Struct, frozen=True, kw_only=True):
    """``at`` says of each character of ``text`` where it begins in ``original``; None where they are the
    same."""

    original: str
    text: str
    at: Sequence[int] | None = None

    def span(self, start: int, end: int) -> Span:
        """In the original, of at least one character; with what is not seen after it."""
        if self.at is None:
            return start, end
        last = self.at[end - 1]
        while end < len(self.at) and self.at[end] == last:
            end += 1
        return self.at[start], self.at[end] if end < len(self.at) else len(self.original)


def reading_of(text: str) -> Reading:
    if text.isascii() and _WRITTEN.search(text) is None:
        return Reading(original=text, text=text)
    chars: list[str] = []
    at: list[int] = []
    for start, char in _read(text):
        chars.append(char)
        at.append(start)
    return Reading(original=text, text="".join(chars), at=at)


def _read(text: str) -> Iterator[tuple[int, str]]:
    reached = 0
    for written in _WRITTEN.finditer(text):
        yield from _seen(text, reached, written.start())
        for char in _meant(written):
            yield written.start(), char
        reached = written.end()
    yield from _seen(text, reached, len(text))


def _seen(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    for at in range(start, end):
        char = text[at]
        if char < "\x80":
            yield at, char
        else:
            for plain in _plain(char):
                yield at, plain


def _meant(written: re.Match[str]) -> str:
    match written[0][0]:
        case "%":
            return chr(int(written[0][1:], 16))
        case "\\":
            return chr(int(written[0][2:], 16))
        case "<":
            return "" if written[1].lower() in _WITHIN_WORDS else " "
        case _:
            return "".join(map(_plain, html.unescape(written[0])))


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    return "".join(
        _BLANKS.get(part, part)
        for part in unicodedata.normalize("NFKD", _BLANKS.get(char, char))
        if unicodedata.category(part) not in _UNSEEN
    )
