"""Where in a text mail addresses stand, and what is left of a person's own; pure."""

import re
from collections.abc import Iterator, Sequence

from hotgigs.redaction.folding import words
from hotgigs.redaction.reading import Span, reading_of

_SHORT = 5
"""A local part of fewer characters counts as a whole word only: it may be a part of any."""

_BREAK = re.compile(r"[\s@＠﹫<>()\[\]{},;:\"'|]")
_SAID_AT = (
    r"(?:[@＠﹫]|[(\[{<]\s{0,3}(?:at|@)\s{0,3}[)\]}>]|(?<=\s)at(?=\s{1,3}[\w-]{1,63}\s{1,3}dot\s{1,3}\w))"
)
_AT = re.compile(rf"\s{{0,3}}{_SAID_AT}\s{{0,3}}", re.IGNORECASE)
_DOT = r"(?:\s{0,3}[(\[{<]\s{0,3}(?:dot|\.)\s{0,3}[)\]}>]\s{0,3}|\s{1,3}dot\s{1,3})"
_WORD = r"[^\s@＠﹫<>()\[\]{},;:\"'|]"
_HOST = re.compile(rf"{_WORD}{{1,255}}(?:{_DOT}{_WORD}{{1,63}}){{0,8}}", re.IGNORECASE)
_LONGEST_LOCAL = 320
_SPOKEN_AT = r"\W{1,4}(?:at\W{1,4})?"
_SPOKEN_DOT = r"\W{1,4}(?:dot\W{1,4})?"
_APART = r"\s{0,3}"
_SPLIT = re.compile(r"[._-]+")
_JOINED = r"[._-]{0,2}"


class MailAddresses:
    """Any, and the local parts of ``emails`` by themselves; but not one that is made of nothing but the
    words of ``names``, or their first letters. Of texts as `reading_of` reads them."""

    def __init__(self, emails: Sequence[str], names: Sequence[str]) -> None:
        name_words = {word for name in names for word in words(name)}
        known = name_words | {word[0] for word in name_words}
        patterns: list[str] = []
        for email in (reading_of(email).text for email in emails):
            local, at, domain = email.rpartition("@")
            patterns.append(re.escape(email))
            if not at:
                continue
            patterns.append(rf"{re.escape(local)}{_SPOKEN_AT}{_spoken(domain)}")
            patterns.append(
                rf"(?<![^\W_]){_apart(local)}{_APART}{_SAID_AT}{_APART}{_apart(domain)}(?![^\W_])"
            )
            patterns += [_alone(part) for part in _locals(local) if not _is_made_of(part, known)]
        longest_first = sorted(set(filter(None, patterns)), key=lambda pattern: (-len(pattern), pattern))
        self._own = [re.compile(pattern, re.IGNORECASE) for pattern in longest_first]

    def spans(self, text: str) -> Iterator[Span]:
        yield from _any(text)
        for pattern in self._own:
            for match in pattern.finditer(text):
                yield match.span()


def _any(text: str) -> Iterator[Span]:
    breaks = _BREAK.finditer(text)
    next_break = next(breaks, None)
    begins = 0
    for at in _AT.finditer(text):
        while next_break is not None and next_break.start() < at.start():
            begins = next_break.end()
            next_break = next(breaks, None)
        start = max(begins, at.start() - _LONGEST_LOCAL)
        host = _HOST.match(text, at.end())
        if start < at.start() and host is not None:
            yield start, host.end()


def _spoken(domain: str) -> str:
    return _SPOKEN_DOT.join(map(re.escape, filter(None, domain.split("."))))


def _apart(text: str) -> str:
    """With spaces between the characters, as wide headings have them, or the dots in words."""
    return _APART.join(r"(?:\.|dot(?!\w))" if char == "." else re.escape(char) for char in text)


def _locals(local: str) -> Iterator[str]:
    """The local part, and what is before a plus sign, which reaches the same person."""
    yield local
    base, plus, _ = local.partition("+")
    if plus and base:
        yield base


def _alone(local: str) -> str:
    """However its parts are joined, as they are in the names of accounts elsewhere."""
    pattern = _JOINED.join(map(re.escape, _SPLIT.split(local)))
    return rf"(?<![^\W_]){pattern}(?![^\W_])" if len(local) < _SHORT else pattern


def _is_made_of(local: str, known: set[str]) -> bool:
    return all(_is_row_of(word, known) for word in words(local))


def _is_row_of(word: str, known: set[str]) -> bool:
    """Whether the word is nothing but known ones, one after the other."""
    reached = {0}
    for end in range(1, len(word) + 1):
        if any(word[start:end] in known for start in reached):
            reached.add(end)
    return len(word) in reached
