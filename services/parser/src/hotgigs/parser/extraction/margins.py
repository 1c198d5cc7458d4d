"""Headers and footers, which sections of a document repeat."""

from collections.abc import Iterable

from hotgigs.parser.document import Line, Story


def distinct(lines: Iterable[Line]) -> list[Line]:
    """The first of the lines that say the same in the same story."""
    first: dict[tuple[Story, str], Line] = {}
    for line in lines:
        first.setdefault((line.story, line.text), line)
    return list(first.values())
