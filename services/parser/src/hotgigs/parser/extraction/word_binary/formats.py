"""Character and paragraph formats, and how modifiers change them."""

from dataclasses import dataclass, replace
from functools import lru_cache

from hotgigs.parser.extraction.word_binary.sprm import Sprm, read_sprms

DEFAULT_HALF_POINTS = 20
"""[MS-DOC] 2.6.1 sprmCHps."""

_AS_IN_STYLE, _OPPOSITE_OF_STYLE = 0x80, 0x81
_LAST_LIST_OVERRIDE = 0x07FE


@dataclass(frozen=True)
class CharacterFormat:
    bold: bool = False
    italic: bool = False
    half_points: int = DEFAULT_HALF_POINTS
    hidden: bool = False
    """Hidden text, or text that a tracked change deletes."""
    symbol: int = 0
    """The code of a character of a symbol font that stands in place of the text, or 0."""


@dataclass(frozen=True)
class ParagraphFormat:
    style: int = 0
    """Index in the style sheet."""
    in_table: bool = False
    is_row_end: bool = False
    list_override: int = 0
    """1-based index of the list that the paragraph is an item of, or 0."""
    list_level: int = 0


@lru_cache(maxsize=512)
def modified_characters(
    start: CharacterFormat, grpprl: bytes, style: CharacterFormat | None = None
) -> CharacterFormat:
    """``start`` with the modifiers applied; ``style`` is what toggles refer to (``start`` by default)."""
    style = style or start
    changed = start
    for sprm, operand in read_sprms(grpprl):
        match sprm:
            case Sprm.BOLD:
                changed = replace(changed, bold=_toggled(operand, style.bold))
            case Sprm.ITALIC:
                changed = replace(changed, italic=_toggled(operand, style.italic))
            case Sprm.HIDDEN:
                changed = replace(changed, hidden=_toggled(operand, style.hidden))
            case Sprm.DELETED:
                changed = replace(changed, hidden=changed.hidden or operand == 1)
            case Sprm.HALF_POINTS:
                changed = replace(changed, half_points=operand)
            case Sprm.SYMBOL:
                changed = replace(changed, symbol=operand >> 16)
            case _:
                pass
    return changed


@lru_cache(maxsize=512)
def modified_paragraph(start: ParagraphFormat, grpprl: bytes) -> ParagraphFormat:
    changed = start
    for sprm, operand in read_sprms(grpprl):
        match sprm:
            case Sprm.PARAGRAPH_STYLE:
                changed = replace(changed, style=operand)
            case Sprm.IN_TABLE:
                changed = replace(changed, in_table=operand == 1)
            case Sprm.ROW_END:
                changed = replace(changed, is_row_end=operand == 1)
            case Sprm.IN_DATA:
                changed = replace(changed, in_table=True, is_row_end=True)
            case Sprm.LIST_LEVEL:
                changed = replace(changed, list_level=operand)
            case Sprm.LIST_OVERRIDE:
                changed = replace(changed, list_override=operand if operand <= _LAST_LIST_OVERRIDE else 0)
            case _:
                pass
    return changed


def _toggled(operand: int, in_style: bool) -> bool:
    """[MS-DOC] 2.9.327 ToggleOperand."""
    if operand == _AS_IN_STYLE:
        return in_style
    if operand == _OPPOSITE_OF_STYLE:
        return not in_style
    return operand == 1
