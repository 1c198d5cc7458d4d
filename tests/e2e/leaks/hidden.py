"""What of a person must not come out where the contact is hidden, and whether some answer holds it."""

import base64
import binascii
import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import unquote_plus

from msgspec import Struct

DIGITS_IN_A_ROW = 6
"""So many of a phone's are as good as all."""
WHOLE_WORD_BELOW = 5
"""A shorter local part is looked for as a word, since it is in others by chance."""

# What is digits by chance: ids, times, checksums.
_RANDOM = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|"
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?|\b[0-9a-f]{32,}\b",
    re.IGNORECASE,
)
_APART = "\nand\n"
"""Between texts, so that what is in two of them is not read as one."""
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[^\w]+(?=\d)")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")


class Hidden(Struct, frozen=True, kw_only=True):
    """``phones`` as they are dialled within the country and from outside, in digits."""

    name: str
    mails: tuple[str, ...]
    phones: tuple[str, ...]

    @property
    def local_parts(self) -> list[str]:
        """But for those that say no more than the name does."""
        words = set(self.name.casefold().split())
        return [
            local
            for local in (mail.partition("@")[0].casefold() for mail in self.mails)
            if not set(re.split(r"[._-]", local)) <= words
        ]

    @property
    def digits(self) -> set[str]:
        return {
            phone[at : at + DIGITS_IN_A_ROW]
            for phone in self.phones
            for at in range(len(phone) - DIGITS_IN_A_ROW + 1)
        }


def leaks(content: str, *people: Hidden) -> set[str]:
    """What ``content`` (an answer's body, or its headers) holds of what is hidden of ``people``."""
    return {leak for text in readings(content) for leak in _leaks_in(text, people)}


def readings(content: str) -> set[str]:
    """The text as it stands and as it may be read: without the escapes of JSON, of CSV and of addresses,
    and what is in opaque tokens."""
    plain = {content, _APART.join(_values_in(content)), _APART.join(_cells_in(content))}
    return plain | {unquote_plus(text) for text in plain} | {_APART.join(_tokens_in(content))}


def _leaks_in(text: str, people: Sequence[Hidden]) -> Iterator[str]:
    folded = text.casefold()
    numbers = _RANDOM.sub(_APART, text)
    numbers += _APART + _BETWEEN_DIGITS.sub("", numbers)
    for hidden in people:
        yield from (mail for mail in hidden.mails if mail.casefold() in folded)
        yield from (local for local in hidden.local_parts if _is_said(local, folded))
        yield from (digits for digits in hidden.digits if digits in numbers)


def _is_said(local: str, folded: str) -> bool:
    if len(local) >= WHOLE_WORD_BELOW:
        return local in folded
    return re.search(rf"(?<![^\W_]){re.escape(local)}(?![^\W_])", folded) is not None


def _tokens_in(content: str) -> Iterator[str]:
    for token in set(_BASE64.findall(content)):
        padded = token.rstrip("=").replace("-", "+").replace("_", "/")
        try:
            yield base64.b64decode(padded + "=" * (-len(padded) % 4)).decode(errors="replace")
        except binascii.Error:
            continue


def _values_in(content: str) -> Iterator[str]:
    """Of JSON, or of the lines of an event stream that are."""
    for line in (
        content,
        *(line.partition(":")[2] for line in content.splitlines() if line.startswith("data:")),
    ):
        try:
            yield from _texts_of(json.loads(line))
        except ValueError:
            continue


def _texts_of(value: Any) -> Iterator[str]:
    match value:
        case dict():
            for name, member in value.items():
                yield name
                yield from _texts_of(member)
        case list():
            for member in value:
                yield from _texts_of(member)
        case _:
            yield str(value)


def _cells_in(content: str) -> Iterator[str]:
    try:
        yield from (cell for row in csv.reader(io.StringIO(content)) for cell in row)
    except csv.Error:
        return
