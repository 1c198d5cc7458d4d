"""Text as it is compared and searched: case-folded, without accents; pure."""

import unicodedata

LONGEST_WORD = 100
"""In characters; words are cut there, in what is searched and in what is searched for."""

_BULKIEST = 18
"""How many letters a character of Unicode stands for at most."""

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
"""Which Unicode does not take apart."""


def caseless(text: str) -> str:
    """Case-folded; white space is single spaces."""
    return " ".join(_possible(text).casefold().split())


def unaccented(text: str) -> str:
    """Case-folded too, and single-spaced. A part of the result is its own result."""
    text = _possible(text).casefold()
    if not text.isascii():
        while (parts := _taken_apart(text)) != text:
            text = parts
    return " ".join(text.split())


def bounded(text: str, limit: int) -> str:
    """So much of the text that it is no more than twice ``limit`` when each ligature is the letters that it
    stands for, which is what takes time."""
    text = text[:limit]
    if text.isascii() or len(unicodedata.normalize("NFKD", text)) <= 2 * limit:
        return text
    return text[: limit // _BULKIEST]


def words(text: str) -> list[str]:
    """The runs of letters and digits, in order, unaccented."""
    plain = "".join(char if char.isalnum() else " " for char in unaccented(text))
    return [word[:LONGEST_WORD] for word in plain.split()]


def _possible(text: str) -> str:
    """What PostgreSQL takes in: no halves of surrogate pairs, and no zero."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")


def _taken_apart(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
