"""Whether a page's text layer says what the page shows."""

import re

MIN_CHARS = 40
"""A page with less has no text worth the name: a page number, or the mark of a scanning app."""

_MIN_LETTERS = 100
"""Fewer say nothing about the language they might be."""
_UNMAPPED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]|\(cid:\d+\)")
_LATIN = re.compile(r"[A-Za-z]")
_VOWEL = re.compile(r"[AEIOUaeiou]")
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
    if sum(map(len, _UNMAPPED.findall(text))) > _MAX_UNMAPPED * chars:
        return True
    latin = len(_LATIN.findall(text))
    return latin >= _MIN_LETTERS and len(_VOWEL.findall(text)) < _MIN_VOWELS * latin
