"""Characters as a reader sees them: what a format adds for layout or icons is taken out."""

import re
import unicodedata

MAX_LINE_CHARS = 2_000
"""Longer lines are cut, so that no pattern ever meets unbounded text."""

_SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\r\n\v\f]")
_SYMBOL_BULLETS = re.compile(r"[\uf0b7\uf0a7\uf076\uf0d8\uf0fc\uf06e\uf02d]")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0e\ufe0f\ufeff"
    r"\ufffc\ufffd\ud800-\udfff\ue000-\uf8ff]"
)
_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_UNUSUAL = re.compile(r"[^\t\x20-\x7e\xa1-\xac\xae-\u024f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]")
_RUN_OF_BLANKS = re.compile(r" *\t[ \t]*| {4,}")
_RUN_OF_SPACES = re.compile(r" {2,3}")
_LETTER_SPACED = re.compile(r"(?:[^\W\d_]|&)(?: {1,3}(?:[^\W\d_]|&)){3,}")
_SPACED_LETTER = re.compile(r"(?<=\S) (?=\S)")


def clean(text: str) -> str:
    """One line of text: plain spaces, composed accents, no invisible or private characters, trimmed.

    Tabs and runs of four or more spaces become one tab; letter-spaced words are closed up.
    """
    text = text[:MAX_LINE_CHARS]
    if _UNUSUAL.search(text):
        text = _SPACES.sub(" ", text)
        text = _SYMBOL_BULLETS.sub("•", text)
        text = _INVISIBLE.sub("", text).translate(_LIGATURES)
        text = unicodedata.normalize("NFC", text)
    if _LETTER_SPACED.fullmatch(text.strip()):
        text = _close_up(text.strip())
    if "\t" not in text and "  " not in text:
        return text.strip()
    text = _RUN_OF_BLANKS.sub("\t", text)
    return _RUN_OF_SPACES.sub(" ", text).strip(" ") if "\t" in text else _RUN_OF_SPACES.sub(" ", text).strip()


def _close_up(text: str) -> str:
    """``P R O F I L E`` as ``PROFILE``; words are parted by more than one space."""
    return " ".join(_SPACED_LETTER.sub("", word) for word in re.split(r" {2,}", text))
