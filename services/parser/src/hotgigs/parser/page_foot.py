"""How to reach the person, printed once at the foot of a page and not a line of the last section."""

from collections.abc import Sequence

import msgspec

from hotgigs.parser.contact import printed_emails
from hotgigs.parser.document import Document, Line
from hotgigs.parser.headings import kind_of_heading
from hotgigs.parser.phones import find_numbers


def with_foot_apart(document: Document) -> Document:
    """The lowest line of a page, or of a document without geometry, as its footer, where it has the
    person's mail address and more than that."""
    lines = list(document.lines)
    lowest: dict[int, int] = {}
    for index, line in enumerate(lines):
        if line.story == "body" and (line.page not in lowest or line.y1 >= lines[lowest[line.page]].y1):
            lowest[line.page] = index
    for index in lowest.values():
        if _is_foot(lines[index], lines[:index] + lines[index + 1 :]):
            lines[index] = msgspec.structs.replace(lines[index], story="footer")
    return msgspec.structs.replace(document, lines=tuple(lines))


def _is_foot(line: Line, others: Sequence[Line]) -> bool:
    own = printed_emails([line])
    if len(own) != 1 or next(find_numbers(line.text), None) is None:
        return False
    elsewhere = printed_emails(others)
    if elsewhere:
        return own <= elsewhere
    return not any(kind_of_heading(other.text) == "references" for other in others)
