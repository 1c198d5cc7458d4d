"""The syntax of RTF: groups, control words and symbols, text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?[0-9]{1,10})?\x20?"
    rb"|\\'(?P<hex>[0-9A-Fa-f]{2})"
    rb"|\\(?P<symbol>[^A-Za-z'])"
    rb"|(?P<brace>[{}])"
    rb"|(?P<text>[^\\{}\r\n]+)"
    rb"|[\r\n]+",
    re.DOTALL,
)


class Word(NamedTuple):
    """A control word with its numeric parameter; a control symbol is a word of one other character."""

    name: str
    number: int | None


class Text(NamedTuple):
    """Bytes in the code page that holds at this place."""

    data: bytes


class GroupBegin(NamedTuple):
    pass


class GroupEnd(NamedTuple):
    pass


Token = Word | Text | GroupBegin | GroupEnd


def tokens(data: bytes) -> Iterator[Token]:
    """In one pass; binary data (``\\binN``) is passed over, as is what is no RTF."""
    position = 0
    while position < len(data):
        match = _TOKEN.match(data, position)
        if match is None:
            position += 1
            continue
        position = match.end()
        token = _token(match)
        if isinstance(token, Word) and token.name == "bin":
            position += max(0, token.number or 0)
        elif token is not None:
            yield token


def _token(match: re.Match[bytes]) -> Token | None:
    """None for line breaks of the file, which mean nothing."""
    kind = match.lastgroup
    token: Token | None = None
    if kind in ("word", "number"):
        number = match["number"]
        token = Word(match["word"].decode("ascii"), int(number) if number else None)
    elif kind == "text":
        token = Text(match["text"])
    elif kind == "hex":
        token = Text(bytes.fromhex(match["hex"].decode("ascii")))
    elif kind == "symbol":
        token = Word(match["symbol"].decode("latin-1"), None)
    elif kind == "brace":
        token = GroupBegin() if match["brace"] == b"{" else GroupEnd()
    return token
