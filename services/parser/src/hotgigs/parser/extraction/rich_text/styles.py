"""The style sheet of an RTF document."""

from dataclasses import dataclass

_MAX_NAME = 250


@dataclass
class Style:
    """What a paragraph style says; None where it says nothing.

    Writers repeat in a style what it inherits (``\\sbasedon``), so there is no looking further.
    """

    name: str = ""
    bold: bool | None = None
    italic: bool | None = None
    half_points: int | None = None


class StyleSheet:
    """Filled while the ``\\stylesheet`` group is read; a style's number comes before its format."""

    def __init__(self) -> None:
        self._styles: dict[int, Style] = {}
        self._current: Style | None = None

    def begin(self, number: int) -> None:
        self._current = self._styles.setdefault(number, Style())

    def begin_other(self) -> None:
        """A character, section or table style: what is said until the next style does not count."""
        self._current = None

    def set_format(self, word: str, number: int | None) -> None:
        if self._current is None:
            return
        if word == "b":
            self._current.bold = number != 0
        elif word == "i":
            self._current.italic = number != 0
        elif word == "fs" and number:
            self._current.half_points = number

    def add_to_name(self, text: str) -> None:
        if self._current is None:
            return
        name, semicolon, _ = text.partition(";")
        self._current.name = (self._current.name + name)[:_MAX_NAME]
        if semicolon:
            self._current = None

    def __getitem__(self, number: int) -> Style:
        return self._styles.get(number, Style())

    def name(self, number: int) -> str:
        """As Word shows it: built-in headings are stored in lower case."""
        name = self[number].name.strip()
        return name[:1].upper() + name[1:]
