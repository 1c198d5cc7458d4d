"""The ``q`` of files.list: the part of Google's grammar that clients of folders use.

``'ID' in parents``, ``name|mimeType = | != | contains '...'``, ``trashed = true``, ``modifiedTime > '...'``,
``sharedWithMe = true``, joined with ``and``, ``or``, ``not`` and parentheses. In quotes a backslash makes
the quote or backslash after it a character like others.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime

from msgspec import Struct
from support.stand_in_drive.errors import invalid
from support.stand_in_drive.items import Item, written

_TOKEN = re.compile(r"\s*(?:(?P<text>'(?:[^'\\]|\\.)*')|(?P<mark>[()]|!=|<=|>=|=|<|>)|(?P<word>[A-Za-z]+))")
_ESCAPED = re.compile(r"\\(.)")
_COMPARISONS: dict[str, Callable[[str, str], bool]] = {
    "=": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


class Asked(Struct, frozen=True):
    """Whose query, and what it needs to know of an item beyond the item."""

    mail: str
    root_id: str
    is_trashed: Callable[[Item], bool]


Predicate = Callable[[Item, Asked], bool]


class Query(Struct, frozen=True):
    matches: Predicate
    parent_id: str | None = None
    """Of everything that can match; None where that may be anywhere."""


def parse(text: str | None) -> Query:
    """Raises Refused."""
    if not text or not text.strip():
        return Query(lambda _item, _asked: True)
    parser = _Parser(text)
    query = parser.either()
    if parser.kind is not None:
        raise invalid("q")
    return query


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text.rstrip()
        self.position = 0
        self.kind: str | None = None
        self.value = ""
        self.advance()

    def advance(self) -> str:
        taken = self.value
        if self.position >= len(self.text):
            self.kind = None
            self.value = ""
            return taken
        found = _TOKEN.match(self.text, self.position)
        if not found:
            raise invalid("q")
        self.position = found.end()
        self.kind = found.lastgroup
        self.value = found.group(found.lastgroup or 0)
        return taken

    def take(self, *values: str) -> str:
        if self.kind == "text" or self.value not in values:
            raise invalid("q")
        return self.advance()

    def text_value(self) -> str:
        if self.kind != "text":
            raise invalid("q")
        return _ESCAPED.sub(r"\1", self.advance()[1:-1])

    def is_at(self, value: str) -> bool:
        return self.kind != "text" and self.value == value

    def either(self) -> Query:
        query = self.both()
        while self.is_at("or"):
            self.advance()
            query = _either(query, self.both())
        return query

    def both(self) -> Query:
        query = self.one()
        while self.is_at("and"):
            self.advance()
            query = _both(query, self.one())
        return query

    def one(self) -> Query:
        if self.is_at("not"):
            self.advance()
            denied = self.one().matches
            return Query(lambda item, asked: not denied(item, asked))
        if self.is_at("("):
            self.advance()
            query = self.either()
            self.take(")")
            return query
        if self.kind == "text":
            return self.member()
        if self.kind == "word":
            return self.comparison()
        raise invalid("q")

    def member(self) -> Query:
        value = self.text_value()
        self.take("in")
        if self.take("parents", "owners") == "parents":
            if value == "root":
                return Query(lambda item, asked: item.parent_id == asked.root_id)
            return Query(lambda item, _asked: item.parent_id == value, parent_id=value)
        return Query(lambda item, asked: item.owner == (asked.mail if value == "me" else value))

    def comparison(self) -> Query:
        term = self.advance()
        if term in ("trashed", "sharedWithMe"):
            operator = self.take("=", "!=")
            wanted = (self.take("true", "false") == "true") == (operator == "=")
            if term == "trashed":
                return Query(lambda item, asked: asked.is_trashed(item) == wanted)
            return Query(lambda item, asked: (asked.mail in item.shared_with) == wanted)
        if term in ("name", "mimeType"):
            operator = self.take("=", "!=", "contains")
            value = self.text_value()
            return _of_text(term, operator, value)
        if term in ("modifiedTime", "createdTime"):
            compare = _COMPARISONS[self.take(*_COMPARISONS)]
            moment = _moment(self.text_value())
            if term == "modifiedTime":
                return Query(lambda item, _asked: compare(written(item.modified), moment))
            return Query(lambda item, _asked: compare(written(item.created), moment))
        raise invalid("q")


def _both(left: Query, right: Query) -> Query:
    return Query(
        lambda item, asked: left.matches(item, asked) and right.matches(item, asked),
        left.parent_id or right.parent_id,
    )


def _either(left: Query, right: Query) -> Query:
    return Query(
        lambda item, asked: left.matches(item, asked) or right.matches(item, asked),
        left.parent_id if left.parent_id == right.parent_id else None,
    )


def _of_text(term: str, operator: str, value: str) -> Query:
    def of(item: Item) -> str:
        return item.name if term == "name" else item.mime_type

    if operator == "=":
        # Names are compared without regard to case, as Google's are.
        folded = value.casefold()
        return Query(lambda item, _asked: of(item).casefold() == folded)
    if operator == "!=":
        return Query(lambda item, _asked: of(item) != value)
    if term == "mimeType":
        return Query(lambda item, _asked: item.mime_type.startswith(value))
    # Only the beginnings of words count.
    start = re.compile(r"(?<!\w)" + re.escape(value), re.IGNORECASE)
    return Query(lambda item, _asked: start.search(item.name) is not None)


def _moment(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise invalid("q") from error
    return written(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
