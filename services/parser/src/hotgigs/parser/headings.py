"""Section headings: what kind of section a heading opens."""

import re
from functools import lru_cache
from typing import Literal, get_args

from hotgigs.parser.vocabulary import load

SectionKind = Literal[
    "references", "volunteering", "publications", "awards", "projects", "interests", "personal",
    "affiliations", "languages", "certifications", "training", "education", "skills", "experience",
    "summary", "contact", "other", "title",
]  # fmt: skip
"""``title`` is the document's own title, such as Curriculum Vitae; ``other`` holds nothing we read."""

MAX_HEADING_CHARS = 60
_MAX_HEADING_WORDS = 6

_VOCABULARY = load("headings")
_AMPERSAND = re.compile(r"\s*[&+/]\s*")
_NOT_WORDS = re.compile(r"[^\w'’ -]+|_")
_BLANKS = re.compile(r"\s+")


def normalised(text: str) -> str:
    """Lower case, ``and`` for an ampersand, without numbering, icons and punctuation."""
    text = _AMPERSAND.sub(" and ", text)
    return _BLANKS.sub(" ", _NOT_WORDS.sub(" ", text)).strip(" -'’0123456789").casefold()


_EXACT: dict[str, SectionKind] = {
    normalised(heading): kind for kind in get_args(SectionKind) for heading in _VOCABULARY[kind]["exact"]
}
_COMPACT = {heading.replace(" ", ""): kind for heading, kind in _EXACT.items()}
_WORDS: tuple[tuple[SectionKind, frozenset[str]], ...] = tuple(
    (kind, frozenset(_VOCABULARY[kind]["words"])) for kind in get_args(SectionKind)
)


@lru_cache(maxsize=4096)
def kind_of_heading(text: str) -> SectionKind | None:
    """The kind of a heading that is in the vocabulary as it stands; None for any other text."""
    if len(text) > MAX_HEADING_CHARS:
        return None
    heading = normalised(text)
    # Letter-spaced headings arrive with their words closed up, or in single letters.
    return _EXACT.get(heading) or _COMPACT.get(heading.replace(" ", ""))


def kind_by_words(text: str) -> SectionKind | None:
    """The kind that the words of a heading suggest; only for text that is set off as a heading."""
    words = normalised(text).split()
    if len(words) > _MAX_HEADING_WORDS:
        return None
    return next((kind for kind, clues in _WORDS if not clues.isdisjoint(words)), None)
