"""The layout-aware document model that every format is read into."""

from typing import Literal

from msgspec import Struct

Story = Literal["body", "header", "footer", "text_box"]


class Line(Struct, frozen=True, kw_only=True):
    """One printed line, or one paragraph where the format does not know its line breaks.

    Distances are points from the page's top left corner; they and ``page`` are 0 where the format
    has no geometry before it is laid out (DOCX, DOC, RTF). ``text`` keeps a tab where the document
    has one, or where a gap wider than a word space separates parts of the line.
    """

    text: str
    page: int = 0
    x0: float = 0.0
    y0: float = 0.0
    x1: float = 0.0
    y1: float = 0.0
    font_size: float = 0.0
    """Points, of most of the line's characters; 0 where unknown."""
    weight: int = 400
    """400 regular, 700 bold, of most of the line's characters."""
    italic: bool = False
    colour: int = 0
    """sRGB, of most of the line's characters; 0, black, where unknown."""
    column: int = 0
    """Which column of the page, or cell of the table row, from the left, counted from 0."""
    story: Story = "body"
    style: str = ""
    """The paragraph style's name, such as ``Heading 1`` or ``List Bullet``; empty where unknown."""
    is_list_item: bool = False
    """True where the format itself says that this is an item of a list."""
    lead: str = ""
    """The begin of the text that is set in bold (or else in italics) where the rest is not."""
    confidence: float = 1.0
    """That the text was read right, 0 to 1; below 1 only where it was recognised in a picture."""


class Document(Struct, frozen=True, kw_only=True):
    """Lines in reading order: page by page, column by column; headers of a page before its body."""

    lines: tuple[Line, ...]
    page_count: int = 0
    """Pages, or 0 where the format does not know before it is laid out."""
    has_geometry: bool = False
