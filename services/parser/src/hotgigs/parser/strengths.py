"""What the candidate did, in the resume's own words, that could stand for the rest."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from hotgigs.contracts.resume_data import Experience

MAX_CANDIDATES = 4
"""Passages that the model has to read; they are most of what it costs."""
MAX_JOBS = 4
"""The latest; the first of several as printed."""
_LEAST_WORDS = 4
_MAX_CHARS = 160

_CLAUSE_END = re.compile(r";(?=\s|$)|\s[–—](?=\s)")
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{2}[.!?])\s+(?=[^\W\d_])|(?<=\d[.!?])\s+(?=[^\W\d_])")
_FIGURE = re.compile(r"\d")
_YEAR_ALONE = re.compile(r"\b(?:19|20)\d\d\b")
_UNFIT = re.compile(r"@|https?:|www\.|\d(?:[\s()./-]*\d){6}|[\"“”„«»]")
"""A mail address, a link, or seven digits in a row as phone numbers have: who may not see how to reach a
candidate must not read it here. And what quotes already."""


class Strength(Struct, frozen=True):
    """``quote`` is a sentence as printed, or its beginning up to the end of a clause."""

    quote: str
    company: str | None

    @property
    def has_figure(self) -> bool:
        """A number that is not just a year."""
        return bool(_FIGURE.search(_YEAR_ALONE.sub("", self.quote)))


def strengths(experience: Sequence[Experience]) -> list[Strength]:
    """At most `MAX_CANDIDATES`, those with a figure before the others, then those of later jobs, then the
    shorter ones."""
    jobs = sorted(experience, key=lambda job: (job.current, job.end_date or ""), reverse=True)[:MAX_JOBS]
    found = [
        (place, Strength(quote, job.company))
        for place, job in enumerate(jobs)
        for quote in map(_quote, _sentences(job))
        if quote
    ]
    found.sort(key=lambda one: (not one[1].has_figure, one[0], len(one[1].quote)))
    return [strength for _, strength in found[:MAX_CANDIDATES]]


def _sentences(job: Experience) -> Iterator[str]:
    for passage in (*job.achievements, job.description or ""):
        yield from _SENTENCE_END.split(" ".join(passage.split()))


def _quote(sentence: str) -> str | None:
    """The sentence or its beginning up to the last end of a clause that fits, without the mark there."""
    if len(sentence) > _MAX_CHARS:
        ends = (end.start() for end in _CLAUSE_END.finditer(sentence))
        sentence = sentence[: max((end for end in ends if end <= _MAX_CHARS), default=0)]
    quote = sentence.rstrip(" .;,:")
    is_fit = len(quote.split()) >= _LEAST_WORDS and not _UNFIT.search(quote)
    return quote if is_fit else None
