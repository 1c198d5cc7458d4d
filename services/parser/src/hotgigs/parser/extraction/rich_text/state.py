"""What holds inside a group and is restored at its end."""

from dataclasses import dataclass, field, replace

from hotgigs.parser.document import Line, Story
from hotgigs.parser.extraction.form_tables import Row, cells_of, read_table
from hotgigs.parser.extraction.open_line import Look, OpenLine
from hotgigs.parser.extraction.rich_text.destinations import Destination

DEFAULT_HALF_POINTS = 24


@dataclass
class StoryText:
    """A story while it is being read; each header, footer and text box is one."""

    story: Story
    lines: list[Line] = field(default_factory=list)
    open_line: OpenLine = field(default_factory=OpenLine)
    column: int = 0
    has_list_mark: bool = False
    boxes: list[Line] = field(default_factory=list)
    """Lines of text boxes that are anchored to the open line; they follow it."""
    row_begin: int = 0
    """Where in ``lines`` those of the open table row begin."""
    table_begin: int = 0
    rows: list[Row] = field(default_factory=list)
    """Of the open table, whose lines begin at ``table_begin``."""

    def end_line(self, *, style: str, in_table: bool) -> None:
        """Empty lines are dropped; further lines of a list item are none themselves."""
        if not in_table:
            self.end_table()
        self.column = self.column if in_table else 0
        line = self.open_line.close(
            column=self.column, story=self.story, style=style, is_list_item=self.has_list_mark
        )
        self.lines += [line] if line else []
        self.lines += self.boxes
        self.boxes.clear()
        self.has_list_mark = False
        if not in_table:
            self.row_begin = self.table_begin = len(self.lines)

    def end_row(self) -> None:
        self.rows.append(cells_of(self.lines[self.row_begin :], self.column))
        self.row_begin = len(self.lines)
        self.column = 0

    def end_table(self) -> None:
        if self.rows:
            self.lines[self.table_begin : self.row_begin] = read_table(self.rows)
            self.rows.clear()
            self.row_begin = self.table_begin = len(self.lines)


@dataclass(slots=True)
class State:
    destination: Destination
    text: StoryText
    font: int = 0
    bold: bool = False
    italic: bool = False
    half_points: int = DEFAULT_HALF_POINTS
    hidden: bool = False
    deleted: bool = False
    fallback_bytes: int = 1
    """How many characters stand in for a Unicode character, for readers without Unicode (``\\uc``)."""
    style: int = 0
    in_table: bool = False
    may_be_ignored: bool = False
    """Whether the group began with ``\\*``."""

    def inner(self) -> "State":
        """That of a group that begins here."""
        return replace(self, may_be_ignored=False)

    @property
    def look(self) -> Look:
        return Look(self.bold, self.italic, self.half_points)

    @property
    def prints(self) -> bool:
        return self.destination in (Destination.TEXT, Destination.STORY) and not (self.hidden or self.deleted)

    def set_format(self, word: str, number: int | None) -> None:
        """Carries out a control word that formats; other words change nothing."""
        on = number != 0
        match word:
            case "b":
                self.bold = on
            case "i":
                self.italic = on
            case "v":
                self.hidden = on
            case "deleted":
                self.deleted = on
            case "fs":
                self.half_points = number or DEFAULT_HALF_POINTS
            case "f":
                self.font = number or 0
            case "uc":
                self.fallback_bytes = max(0, number or 0)
            case "intbl":
                self.in_table = on
            case "pard":
                self.in_table, self.style = False, 0
            case "plain":
                self.bold = self.italic = self.hidden = self.deleted = False
                self.half_points = DEFAULT_HALF_POINTS
            case _:
                pass
