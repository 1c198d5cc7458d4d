"""Which of our languages a text is in, by its commonest words."""

import re
from collections import Counter

_COMMON = {
    "eng": "the and of for with to in at from by on a as an is was",
    "deu": "und der die das für mit von im bei zur zum den des als auf ein eine",
    "fra": "et les des du pour avec une dans chez sur au aux en par le la de",
    "spa": "y los las del para con una por en el la de al como",
    "por": "e os das dos do da para com uma por em no na ao como de",
}
_WORD = re.compile(r"[^\W\d_]+")
_MIN_WORDS = 3


def language_of(text: str) -> str:
    """A Tesseract code; ``eng`` where there is nothing to tell by."""
    words = Counter(_WORD.findall(text.lower()))
    found = {code: sum(words[word] for word in common.split()) for code, common in _COMMON.items()}
    best = max(found, key=lambda code: found[code])
    return best if found[best] >= _MIN_WORDS else "eng"
