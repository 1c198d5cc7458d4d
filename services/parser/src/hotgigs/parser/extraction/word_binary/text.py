"""From character positions to lines: pieces, formats, fields and tables brought together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hotgigs.parser.document import Line, Story
from hotgigs.parser.extraction.allowance import Allowance
from hotgigs.parser.extraction.form_tables import Row, cells_of, read_table
from hotgigs.parser.extraction.open_line import Look, OpenLine
from hotgigs.parser.extraction.word_binary import characters
from hotgigs.parser.extraction.word_binary.format_pages import FormatPages
from hotgigs.parser.extraction.word_binary.formats import (
    CharacterFormat,
    ParagraphFormat,
    modified_characters,
    modified_paragraph,
)
from hotgigs.parser.extraction.word_binary.lists import Lists
from hotgigs.parser.extraction.word_binary.pieces import PieceTable, Segment
from hotgigs.parser.extraction.word_binary.sprm import Sprm, read_sprms
from hotgigs.parser.extraction.word_binary.styles import StyleSheet

_UNFORMATTED_STRETCH = 512
"""Characters after which the format is looked up again where the file says nothing about one."""


@dataclass(frozen=True)
class PlacedLine:
    end: int
    """Character position of the mark that ends the line."""
    line: Line


class TextReader:
    """Reads any range of character positions; every story is such a range."""

    def __init__(
        self,
        pieces: PieceTable,
        *,
        styles: StyleSheet,
        lists: Lists,
        character_pages: FormatPages,
        paragraph_pages: FormatPages,
    ) -> None:
        self._pieces = pieces
        self._styles = styles
        self._lists = lists
        self._character_pages = character_pages
        self._paragraph_pages = paragraph_pages
        self._allowance = Allowance()

    def lines(self, start: int, end: int, story: Story) -> Iterator[PlacedLine]:
        """Lines with text, in the order of the file; table cells row by row."""
        open_line, fields = OpenLine(), _Fields()
        row: list[Line] = []
        rows: list[Row] = []
        column, position, is_first = 0, start, True
        paragraph = ParagraphFormat()
        for segment in self._pieces.segments(start, end):
            for first, last in _spans(segment.text):
                paragraph = self._paragraph(segment, last - 1)
                for text, look in self._runs(segment, first, last, paragraph):
                    open_line.add(fields.printed(text), look)
                position = segment.cp + last
                mark = segment.text[last - 1]
                if not characters.LINE_ENDS.match(mark):
                    continue
                self._allowance.spend_line(segment.text[first:last])
                column = column if paragraph.in_table else 0
                if line := self._close(open_line, paragraph, column, story, is_first=is_first):
                    row.append(line)
                fields, is_first = _Fields(), mark != characters.LINE_BREAK
                if not paragraph.in_table:
                    yield from _placed(rows, row, position - 1)
                    rows, row = [], []
                elif mark == characters.CELL_END and paragraph.is_row_end:
                    rows.append(cells_of(row, column))
                    column, row = 0, []
                elif mark == characters.CELL_END:
                    column += 1
        if line := self._close(open_line, paragraph, column, story, is_first=is_first):
            row.append(line)
        yield from _placed(rows, row, position)

    def _runs(
        self, segment: Segment, first: int, last: int, paragraph: ParagraphFormat
    ) -> Iterator[tuple[str, Look]]:
        """Visible text between two indices of the segment; marks of fields are still in it."""
        style = self._styles.characters(paragraph.style)
        while first < last:
            offset = segment.offset + first * segment.width
            run = self._character_pages.at(offset)
            if run is None or run.end <= offset:
                stop, grpprl = first + _UNFORMATTED_STRETCH, b""
            else:
                stop, grpprl = first + max(1, (run.end - offset) // segment.width), run.grpprl
            stop = min(stop, last)
            found = self._characters(style, grpprl + segment.modifier)
            if not found.hidden:
                text = segment.text[first:stop]
                if found.symbol:
                    text = text.replace(characters.SYMBOL, chr(found.symbol))
                yield text, Look(found.bold, found.italic, found.half_points)
            first = stop

    def _characters(self, style: CharacterFormat, grpprl: bytes) -> CharacterFormat:
        """Paragraph style, then the run's character style, then what is set on the run itself."""
        base = style
        for sprm, operand in read_sprms(grpprl):
            if sprm is Sprm.CHARACTER_STYLE:
                base = modified_characters(style, self._styles.character_grpprl(operand))
        return modified_characters(base, grpprl, style)

    def _paragraph(self, segment: Segment, index: int) -> ParagraphFormat:
        run = self._paragraph_pages.at(segment.offset + index * segment.width)
        grpprl = run.grpprl if run else b""
        style = int.from_bytes(grpprl[:2], "little")
        return modified_paragraph(self._styles.paragraph(style), grpprl[2:] + segment.modifier)

    def _close(
        self,
        open_line: OpenLine,
        paragraph: ParagraphFormat,
        column: int,
        story: Story,
        *,
        is_first: bool,
    ) -> Line | None:
        """``is_first`` is False for lines after a line break, which are no list items of their own."""
        has_mark = self._lists.prints_mark(paragraph.list_override, paragraph.list_level)
        return open_line.close(
            column=column,
            story=story,
            style=self._styles.name(paragraph.style),
            is_list_item=is_first and has_mark,
        )


def _placed(rows: Sequence[Row], after: Sequence[Line], end: int) -> Iterator[PlacedLine]:
    """The lines of a table and those after it."""
    for line in (*read_table(rows), *after):
        yield PlacedLine(end, line)


class _Fields:
    """Fields, [MS-DOC] 2.8.25: of each its result is printed and its instruction is not.

    Made anew for every line, so that a field that never ends hides one line and not the document.
    """

    def __init__(self) -> None:
        self._in_result: list[bool] = []
        """Of each field that is open, whether its result has begun."""
        self._in_instruction = 0
        """How many of them are still in their instruction."""

    def printed(self, text: str) -> str:
        if not self._in_result and characters.FIELD_BEGIN not in text:
            return text
        return "".join(part for part in characters.FIELD_MARKS.split(text) if self._is_printed(part))

    def _is_printed(self, part: str) -> bool:
        if part == characters.FIELD_BEGIN:
            self._in_result.append(False)
            self._in_instruction += 1
        elif self._in_result and part == characters.FIELD_SEPARATOR:
            self._in_instruction -= not self._in_result[-1]
            self._in_result[-1] = True
        elif self._in_result and part == characters.FIELD_END:
            self._in_instruction -= not self._in_result.pop()
        else:
            return not self._in_instruction
        return False


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of the text that end with a mark that ends a line, and what is left over."""
    first = 0
    for mark in characters.LINE_ENDS.finditer(text):
        yield first, mark.end()
        first = mark.end()
    if first < len(text):
        yield first, len(text)
