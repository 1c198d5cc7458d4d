"""Words of headings as people misspell them: without their accents, or with one letter wrong."""

import unicodedata
from collections.abc import Iterable, Iterator

MIN_MISSPELT_CHARS = 8
"""A shorter word with one letter wrong is another word as often."""
_END_CHARS = 2
"""Another ending makes another word, as lectures and lecturer."""
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})


def spellings_without_accents(text: str) -> set[str]:
    """``fähigkeiten`` is written as ``fahigkeiten`` or ``faehigkeiten``; empty for a text without any."""
    if text.isascii():
        return set()
    return {_plain(text), _plain(text.translate(_UMLAUTS))} - {text}


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.translate(_LETTERS))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


class Speller:
    """Finds the known word that another one is a misspelling of."""

    def __init__(self, words: Iterable[str]) -> None:
        self._plain: dict[str, str] = {}
        self._shortened: dict[str, str] = {}
        for word in words:
            for spelling in spellings_without_accents(word):
                self._plain.setdefault(spelling, word)
            if len(word) >= MIN_MISSPELT_CHARS:
                for short in _shortened(word):
                    self._shortened.setdefault(short, word)

    def known(self, word: str) -> str | None:
        """The word meant; None where there is none, or where it is spelt right."""
        if (plain := self._plain.get(word)) is not None:
            return plain
        if not MIN_MISSPELT_CHARS <= len(word) <= 2 * MIN_MISSPELT_CHARS:
            return None
        meant = (self._shortened.get(short) for short in _shortened(word))
        return next((found for found in meant if found and found[-_END_CHARS:] == word[-_END_CHARS:]), None)


def _shortened(word: str) -> Iterator[str]:
    """The word, and the word without each of its letters but the first."""
    yield word
    for index in range(1, len(word)):
        yield word[:index] + word[index + 1 :]
