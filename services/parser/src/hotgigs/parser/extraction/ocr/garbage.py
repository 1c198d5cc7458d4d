"""Whether a page's text layer says what the page shows."""

import re
import string

MIN_CHARS = 40
"""A page with less has no text worth the name: a page number, or the mark of a scanning app."""

_MIN_LETTERS = 100
"""Fewer say nothing about the language they might be."""
_UNMAPPED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]|\(cid:\d+\)")
_VOWELS = b"AEIOUaeiou"
_NOT_LATIN = bytes(set(range(256)) - set(string.ascii_letters.encode()))
_MAX_UNMAPPED = 0.2
"""Share of the page's characters; icons and bullets of symbol fonts stay far below."""
_MIN_VOWELS = 0.17
"""Share of Latin letters: 0.35 to 0.5 in text, 0.2 in lists of acronyms; codes of glyphs that were taken
for letters, which are mostly shifted by a constant, have about 0.12."""


def is_garbage(text: str) -> bool:
    """True where most readers could make no word of it: unmapped glyphs, or letters that stand for others."""
    chars = len(text) - text.count(" ")
    if not chars:
        return False
    if _UNMAPPED.search(text) and sum(map(len, _UNMAPPED.findall(text))) > _MAX_UNMAPPED * chars:
        return True
    latin = text.encode("ascii", "ignore").translate(None, _NOT_LATIN)
    consonants = latin.translate(None, _VOWELS)
    return len(latin) >= _MIN_LETTERS and len(latin) - len(consonants) < _MIN_VOWELS * len(latin)
