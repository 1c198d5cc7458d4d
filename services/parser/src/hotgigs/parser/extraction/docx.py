"""DOCX: paragraphs, tables, text boxes, headers and footers in document order (ECMA-376, part 1)."""

from collections.abc import Iterator

from lxml import etree

from hotgigs.parser.document import Document, Line, Story
from hotgigs.parser.errors import Unreadable
from hotgigs.parser.extraction import docx_paragraph
from hotgigs.parser.extraction.allowance import Allowance
from hotgigs.parser.extraction.docx_package import DocxPackage, W
from hotgigs.parser.extraction.docx_styles import Styles
from hotgigs.parser.extraction.form_tables import read_table

_P, _TBL, _TR, _TC, _SDT = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}sdt"
_WRAPPERS = frozenset({_SDT, f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"})
_MAX_DEPTH = 20
"""Of tables and text boxes in each other; what lies deeper is left out."""


def extract(data: bytes) -> Document:
    """Lines in document order, headers first and footers last.

    Raises `Unreadable` where the file is damaged or has no text.
    """
    package = DocxPackage(data)
    reader = _Reader(Styles(package))
    lines: list[Line] = []
    for part in package.related("/header"):
        lines.extend(reader.blocks(part, "header"))
    body = package.document.find(f"{W}body")
    if body is not None:
        lines.extend(reader.blocks(body, "body"))
    for part in package.related("/footer"):
        lines.extend(reader.blocks(part, "footer"))
    if not lines:
        raise Unreadable("This Word document has no text.")
    return Document(lines=tuple(lines))


class _Reader:
    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._allowance = Allowance()

    def blocks(self, parent: etree._Element, story: Story, column: int = 0, depth: int = 0) -> Iterator[Line]:
        if depth > _MAX_DEPTH:
            return
        for block in parent:
            if block.tag == _P:
                for line in docx_paragraph.lines(block, self._styles, column, story):
                    self._allowance.spend_line(line.text)
                    yield line
                box_story: Story = "text_box" if story == "body" else story
                for box in docx_paragraph.text_boxes(block):
                    yield from self.blocks(box, box_story, column, depth + 1)
            elif block.tag == _TBL:
                yield from self._table(block, story, depth)
            elif block.tag in _WRAPPERS:
                yield from self.blocks(block, story, column, depth + 1)

    def _table(self, table: etree._Element, story: Story, depth: int) -> Iterator[Line]:
        rows = [
            [
                list(self.blocks(cell, story, column, depth + 1))
                for column, cell in enumerate(_elements(row, _TC))
            ]
            for row in _elements(table, _TR)
        ]
        yield from read_table(rows)


def _elements(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _elements(child, tag)
