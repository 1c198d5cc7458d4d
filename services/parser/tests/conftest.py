"""Documents made of printed text, for tests of what is understood of them."""

from collections.abc import Callable

import pytest

from hotgigs.parser.document import Document, Line

Printed = Callable[[str], Document]


@pytest.fixture
def printed() -> Printed:
    """A document without geometry, one line for each line of the text; ``# `` makes a bold heading."""

    def document(text: str) -> Document:
        lines = [line.strip(" ") for line in text.strip().splitlines()]
        return Document(lines=tuple(_line(line) for line in lines if line))

    return document


def _line(text: str) -> Line:
    if text.startswith("# "):
        return Line(text=text[2:], font_size=13, weight=700)
    return Line(text=text, font_size=10)
