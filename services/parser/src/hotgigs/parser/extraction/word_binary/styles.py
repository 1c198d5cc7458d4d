"""The style sheet, [MS-DOC] 2.9.271 STSH: names and formats, each with what it inherits."""

import struct
from dataclasses import dataclass
from functools import lru_cache

from hotgigs.parser.extraction.word_binary.formats import (
    CharacterFormat,
    ParagraphFormat,
    modified_characters,
    modified_paragraph,
)

_PARAGRAPH_STYLE, _CHARACTER_STYLE = 1, 2
_NO_BASE = 0x0FFF
_MAX_DEPTH = 12
"""Of inheritance; [MS-DOC] 2.4.6.5 allows eleven ancestors."""

_MAX_GRPPRL_BYTES = 2048
_MIN_STD_BYTES = 10

# Built-in styles by their sti, [MS-DOC] 2.9.260: their names in the file may be in any language.
_BUILT_IN = {
    0: "Normal",
    **{number: f"Heading {number}" for number in range(1, 10)},
    31: "Header",
    32: "Footer",
    47: "List",
    48: "List Bullet",
    49: "List Number",
    62: "Title",
    74: "Subtitle",
}


@dataclass(frozen=True)
class _Style:
    name: str
    base: int
    paragraph_grpprl: bytes
    character_grpprl: bytes


class StyleSheet:
    """Styles by their index; an index without a style has no name and the default format."""

    def __init__(self, data: bytes) -> None:
        try:
            self._styles = _read_styles(data)
        except struct.error:
            self._styles = {}
        self.characters = lru_cache(maxsize=1024)(self._characters)
        self.paragraph = lru_cache(maxsize=1024)(self._paragraph)
        self.character_grpprl = lru_cache(maxsize=1024)(self._character_grpprl)

    def name(self, index: int) -> str:
        style = self._styles.get(index)
        return style.name if style else ""

    def _character_grpprl(self, index: int) -> bytes:
        """What a character style itself changes, with all that it is based on."""
        return b"".join(style.character_grpprl for style in self._lineage(index))

    def _characters(self, index: int) -> CharacterFormat:
        changed = CharacterFormat()
        for style in self._lineage(index):
            changed = modified_characters(changed, style.character_grpprl)
        return changed

    def _paragraph(self, index: int) -> ParagraphFormat:
        changed = ParagraphFormat(style=index)
        for style in self._lineage(index):
            changed = modified_paragraph(changed, style.paragraph_grpprl)
        return changed

    def _lineage(self, index: int) -> list[_Style]:
        """From the furthest ancestor to the style itself; a circle ends after 12 of them."""
        lineage: list[_Style] = []
        while (style := self._styles.get(index)) and len(lineage) < _MAX_DEPTH:
            lineage.append(style)
            index = style.base
        return lineage[::-1]


def _read_styles(data: bytes) -> dict[int, _Style]:
    if len(data) < 6:
        return {}
    header_bytes, count, base_bytes = struct.unpack_from("<HHH", data)
    position = 2 + header_bytes
    styles: dict[int, _Style] = {}
    for index in range(count):
        if position + 2 > len(data):
            break
        size = struct.unpack_from("<H", data, position)[0]
        std = data[position + 2 : position + 2 + size]
        if size >= _MIN_STD_BYTES and len(std) == size:
            styles[index] = _read_style(std, base_bytes)
        position += 2 + size
    return styles


def _read_style(std: bytes, base_bytes: int) -> _Style:
    """[MS-DOC] 2.9.259 STD."""
    sti, kind_and_base = struct.unpack_from("<HH", std)
    kind, base = kind_and_base & 0xF, kind_and_base >> 4
    name_units = struct.unpack_from("<H", std, base_bytes)[0]
    name_at = base_bytes + 2
    name = std[name_at : name_at + 2 * name_units].decode("utf-16-le", errors="replace").split(",")[0]
    formats = _read_formats(std, name_at + 2 * name_units + 2)
    paragraph, characters = b"", b""
    if kind == _PARAGRAPH_STYLE and len(formats) >= 2:
        paragraph, characters = formats[0][2:], formats[1]
    elif kind == _CHARACTER_STYLE and formats:
        characters = formats[0]
    return _Style(
        name=_BUILT_IN.get(sti & 0x0FFF, name),
        base=base if base != _NO_BASE else -1,
        paragraph_grpprl=paragraph,
        character_grpprl=characters,
    )


def _read_formats(std: bytes, position: int) -> list[bytes]:
    """[MS-DOC] 2.9.113 GrLPUpxSw: counted byte strings, each padded to an even offset."""
    formats: list[bytes] = []
    while position + 2 <= len(std):
        size = struct.unpack_from("<H", std, position)[0]
        formats.append(std[position + 2 : position + 2 + min(size, _MAX_GRPPRL_BYTES)])
        position += 2 + size + size % 2
    return formats
