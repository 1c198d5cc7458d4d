"""How much a document may hold, counted while it is read: what no resume is ends before it costs."""

from hotgigs.parser.errors import Unreadable

MAX_LINES = 20_000
"""Lines or paragraphs, empty ones too: three times what a hundred dense pages have."""

MAX_CHARACTERS = 500_000
"""About 150 dense pages."""

TOO_LONG = "The document has far more text than a resume; upload the resume alone."


class Allowance:
    """Of one document."""

    def __init__(self) -> None:
        self._lines_left = MAX_LINES
        self._characters_left = MAX_CHARACTERS

    def spend_line(self, text: str) -> None:
        """Raises `Unreadable` where there are too many of them, or they hold too much."""
        self._lines_left -= 1
        self._characters_left -= len(text)
        if self._lines_left < 0 or self._characters_left < 0:
            raise Unreadable(TOO_LONG)
