"""The binary format of Word, on documents that are written here byte by byte."""

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

import pytest

from hotgigs.parser.document import Line
from hotgigs.parser.errors import Unreadable
from hotgigs.parser.extraction import doc

TEXT_AT = 2048
IN_TABLE = b"\x16\x24\x01"
ROW_END = IN_TABLE + b"\x17\x24\x01"
LIST_ITEM = b"\x0b\x46\x01\x00"
HIDDEN = b"\x3c\x08\x01"
DELETED = b"\x00\x08\x01"
BOLD = b"\x35\x08\x01"
ITALIC = b"\x36\x08\x01"
BULLET_SYMBOL = b"\x09\x6a\x01\x00\xb7\xf0"


def code_units(text: str) -> str:
    """One character per UTF-16 code unit, as the format counts."""
    return "".join(chr(unit) for (unit,) in struct.iter_unpack("<H", text.encode("utf-16-le")))


def half_points(count: int) -> bytes:
    return b"\x43\x4a" + struct.pack("<H", count)


@dataclass
class WordFile:
    """A document as it lies in the file; texts carry their marks (``\\r``, ``\\x07`` ...)."""

    body: str
    headers: Sequence[str] = ()
    """Even and odd header, even and odd footer, first header and footer, of each section."""
    text_boxes: Sequence[tuple[int, str]] = ()
    """Where each is anchored in the body, and its text."""
    paragraphs: Mapping[str, bytes] = field(default_factory=dict)
    """Modifiers of the paragraph that ends with the given text."""
    runs: Mapping[str, bytes] = field(default_factory=dict)
    """Modifiers of the first occurrence of the given text."""
    compressed_up_to: int = 0
    """Characters at the beginning that are one byte each."""
    ident: int = 0xA5EC
    version: int = 0x00C1
    flags: int = 0x0200

    def __post_init__(self) -> None:
        header_text = "".join(f"{text}\r" if text else "" for text in self.headers)
        box_text = "".join(f"{text}\r" for _, text in self.text_boxes)
        stories = [code_units(text) for text in (self.body, header_text, box_text)]
        self.lengths = [len(text) for text in stories]
        self.text = "".join(stories)

    def offset(self, cp: int) -> int:
        wide = max(0, cp - self.compressed_up_to)
        return TEXT_AT + min(cp, self.compressed_up_to) + 2 * wide

    def to_bytes(self) -> bytes:
        text = self.text[: self.compressed_up_to].encode("cp1252")
        text += self.text[self.compressed_up_to :].encode("utf-16-le", "surrogatepass")
        page = (TEXT_AT + len(text)) // 512 + 1
        stream = bytearray((page + 2) * 512)
        stream[TEXT_AT : TEXT_AT + len(text)] = text
        stream[page * 512 : (page + 1) * 512] = self._character_page()
        stream[(page + 1) * 512 : (page + 2) * 512] = self._paragraph_page()
        tables = {1: self._styles(), 11: self._header_plc(), 33: self._clx(), 40: self._shapes()}
        tables |= {12: self._page_plc(page), 13: self._page_plc(page + 1), 56: self._box_plc()}
        tables |= {73: LISTS, 74: LIST_OVERRIDES}
        table_stream = b""
        places = [0] * 2 * 93
        for index, content in tables.items():
            places[2 * index : 2 * index + 2] = [len(table_stream), len(content)]
            table_stream += content + (BULLET_LEVEL if index == 73 else b"")
        fib = struct.pack("<HHHHHH20x", self.ident, self.version, 0, 0, 0, self.flags)
        body, headers, boxes = self.lengths
        longs = (0, 0, 0, body, 0, headers, 0, 0, 0, boxes, 0)
        fib += struct.pack("<H28xH11I44xH", 14, 22, *longs, 93) + struct.pack("<186I", *places)
        stream[: len(fib)] = fib
        return compound_file({"WordDocument": bytes(stream), "1Table": table_stream})

    def _clx(self) -> bytes:
        ends = [end for end in (self.compressed_up_to, len(self.text)) if end]
        plc = struct.pack(f"<{len(ends) + 1}I", 0, *ends)
        if self.compressed_up_to:
            plc += struct.pack("<HIH", 0, 2 * TEXT_AT | 0x40000000, 0)
        plc += struct.pack("<HIH", 0, self.offset(self.compressed_up_to), 0)
        return b"\x02" + struct.pack("<I", len(plc)) + plc

    def _header_plc(self) -> bytes:
        sizes = [0] * 6 + [len(text) + 1 if text else 0 for text in self.headers]
        positions = [0, *accumulate(sizes)]
        return struct.pack(f"<{len(positions) + 1}I", *positions, 0) if self.headers else b""

    def _box_plc(self) -> bytes:
        positions = [0, *accumulate(len(text) + 1 for _, text in self.text_boxes)]
        records = (struct.pack("<14xII", 1000 + n, 0) for n in range(len(self.text_boxes)))
        return struct.pack(f"<{len(positions)}I", *positions) + b"".join(records)

    def _shapes(self) -> bytes:
        shapes = sorted((anchor, 1000 + n) for n, (anchor, _) in enumerate(self.text_boxes))
        positions = struct.pack(f"<{len(shapes) + 1}I", *(anchor for anchor, _ in shapes), self.lengths[0])
        return positions + b"".join(struct.pack("<I22x", shape) for _, shape in shapes)

    def _page_plc(self, page: int) -> bytes:
        return struct.pack("<III", TEXT_AT, self.offset(len(self.text)), page)

    def _character_page(self) -> bytes:
        spans = sorted((self.text.index(t), self.text.index(t) + len(t), m) for t, m in self.runs.items())
        runs: list[tuple[int, bytes]] = []
        for start, end, modifiers in spans:
            runs += [(start, b""), (end, bytes([len(modifiers)]) + modifiers)]
        return formatted_page([*self._placed(runs), (self.offset(len(self.text)), b"")], record_bytes=1)

    def _paragraph_page(self) -> bytes:
        ends = [n + 1 for n, character in enumerate(self.text) if character in "\r\x07\x0c"]
        runs = []
        for start, end in zip([0, *ends[:-1]], ends, strict=True):
            content = b"\x00\x00" + self.paragraphs.get(self.text[start : end - 1], b"")
            content += b"\x00" * (len(content) % 2)
            runs.append((end, b"\x00" + bytes([len(content) // 2]) + content))
        return formatted_page(list(self._placed(runs)), record_bytes=13)

    def _placed(self, runs: Iterable[tuple[int, bytes]]) -> Iterable[tuple[int, bytes]]:
        return ((self.offset(cp), content) for cp, content in runs)

    def _styles(self) -> bytes:
        header = struct.pack("<HHH14x", 18, 1, 10)
        name = "Normal".encode("utf-16-le")
        std = struct.pack("<HHHHH", 0, 1 | 0xFFF0, 2, 0, 0) + struct.pack("<H", 6) + name + b"\0\0"
        std += struct.pack("<HH", 2, 0) + struct.pack("<H", 4) + half_points(22)
        return header + struct.pack("<H", len(std)) + std


LISTS = struct.pack("<Hii18xBB", 1, 77, 0, 1, 0)
LIST_OVERRIDES = struct.pack("<Ii12x", 1, 77)
BULLET_LEVEL = struct.pack("<IB23x", 1, 23) + struct.pack("<HH", 1, 0xF0B7)


def formatted_page(runs: list[tuple[int, bytes]], *, record_bytes: int) -> bytes:
    """A page of runs by the offset of their end; equal contents are not shared."""
    page = bytearray(512)
    page[511] = len(runs)
    struct.pack_into(f"<{len(runs) + 1}I", page, 0, TEXT_AT, *(end for end, _ in runs))
    at = 510
    for index, (_, content) in enumerate(runs):
        if content:
            at -= len(content) + len(content) % 2
            page[at : at + len(content)] = content
            page[4 * (len(runs) + 1) + index * record_bytes] = at // 2
    return bytes(page)


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """Version 3, without mini streams."""
    padded = {name: content.ljust(4096, b"\0") for name, content in streams.items()}
    sectors: list[bytes] = []
    fat: list[int] = []
    entries = [directory_entry("Root Entry", kind=5, start=0xFFFFFFFE, size=0)]
    for name, content in padded.items():
        entries.append(directory_entry(name, kind=2, start=len(sectors), size=len(content)))
        append_sectors(sectors, fat, content)
    directory_start = len(sectors)
    append_sectors(sectors, fat, b"".join(entries))
    fat.append(0xFFFFFFFD)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0")
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, directory_start, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", len(sectors), *[0xFFFFFFFF] * 108)
    sectors.append(struct.pack("<128I", *fat, *[0xFFFFFFFF] * (128 - len(fat))))
    return header + b"".join(sectors)


def directory_entry(name: str, *, kind: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    middle = struct.pack("<HBB", len(raw), kind, 1).ljust(52, b"\xff")
    return raw.ljust(64, b"\0") + middle + struct.pack("<III", start, size, 0)


def append_sectors(sectors: list[bytes], fat: list[int], content: bytes) -> None:
    pieces = [content[i : i + 512].ljust(512, b"\0") for i in range(0, len(content), 512)]
    fat.extend(range(len(sectors) + 1, len(sectors) + len(pieces)))
    fat.append(0xFFFFFFFE)
    sectors.extend(pieces)


def lines(file: WordFile) -> tuple[Line, ...]:
    return doc.extract(file.to_bytes()).lines


def texts(file: WordFile) -> list[str]:
    return [line.text for line in lines(file)]


def test_paragraphs_lines_and_pages_become_lines() -> None:
    assert texts(WordFile("Ada Example\r\rEngineer\x0bLondon\x0cPage two\r")) == [
        "Ada Example",
        "Engineer",
        "London",
        "Page two",
    ]


def test_pieces_of_one_and_two_bytes_a_character_are_joined() -> None:
    assert texts(WordFile("Résumé – Łukasz\r", compressed_up_to=9)) == ["Résumé – Łukasz"]


def test_special_characters_become_plain() -> None:
    file = WordFile("well\x1eknown co\x1foperate\tnon\xa0break\x01\x08\r")
    assert texts(file) == ["well-known cooperate\tnon break"]


def test_characters_beyond_the_basic_plane_survive() -> None:
    assert texts(WordFile("𝔸da 👩\r")) == ["𝔸da 👩"]


def test_a_bullet_of_a_symbol_font_is_a_bullet() -> None:
    assert texts(WordFile("(\tWelding\r", runs={"(": BULLET_SYMBOL})) == ["•\tWelding"]


def test_results_of_fields_are_kept_and_instructions_dropped() -> None:
    file = WordFile('Mail \x13 HYPERLINK "mailto:a@example.com" \x14a@example.com\x15 now\r')
    assert texts(file) == ["Mail a@example.com now"]


def test_fields_may_be_nested() -> None:
    file = WordFile("a \x13 IF \x13 PAGE \x141\x15 = 1 \x14yes \x13 X \x14and\x15 no\x15 b\r")
    assert texts(file) == ["a yes and no b"]


def test_a_field_that_never_ends_hides_its_own_line_only() -> None:
    assert texts(WordFile("Name\r\x13 HYPERLINK x\rEngineer\r")) == ["Name", "Engineer"]


def test_hidden_and_deleted_text_is_left_out() -> None:
    file = WordFile("Ada secret Old Example\r", runs={"secret ": HIDDEN, "Old ": DELETED})
    assert texts(file) == ["Ada Example"]


def test_a_line_looks_as_most_of_its_characters_do() -> None:
    file = WordFile(
        "Senior Engineer at Example\rplain\r",
        runs={"Senior Engineer": BOLD + half_points(30), "plain": ITALIC},
    )
    title, plain = lines(file)
    assert (title.weight, title.font_size, title.italic) == (700, 15.0, False)
    assert (plain.weight, plain.font_size, plain.italic) == (400, 11.0, True)
    assert plain.style == "Normal"


def test_a_cell_with_a_date_is_read_with_the_cell_beside_it() -> None:
    file = WordFile(
        "2020\x07Engineer\rLondon\x07\x07" + "after\r",
        paragraphs={"2020": IN_TABLE, "Engineer": IN_TABLE, "London": IN_TABLE, "": ROW_END},
    )
    assert [(line.text, line.column) for line in lines(file)] == [
        ("2020\tEngineer", 0),
        ("London", 1),
        ("after", 0),
    ]


def test_list_items_are_known_by_their_list() -> None:
    file = WordFile("Welding\x0bof pipes\rnot an item\r", paragraphs={"Welding\x0bof pipes": LIST_ITEM})
    assert [(line.text, line.is_list_item) for line in lines(file)] == [
        ("Welding", True),
        ("of pipes", False),
        ("not an item", False),
    ]


def test_headers_come_first_and_once_and_footers_last() -> None:
    section = ("", "Ada Example", "", "Page", "", "")
    found = lines(WordFile("Body\r", headers=section * 2))
    assert [(line.text, line.story) for line in found] == [
        ("Ada Example", "header"),
        ("Body", "body"),
        ("Page", "footer"),
    ]


def test_a_text_box_follows_the_line_it_is_anchored_to() -> None:
    body = "Ada Example\rEngineer\rSkills\r"
    file = WordFile(body, text_boxes=[(body.index("Eng"), "ada@example.com"), (3, "London")])
    assert [(line.text, line.story) for line in lines(file)] == [
        ("Ada Example", "body"),
        ("London", "text_box"),
        ("Engineer", "body"),
        ("ada@example.com", "text_box"),
        ("Skills", "body"),
    ]


@pytest.mark.parametrize(
    ("ident", "version"), [(0xA5DC, 0x0065), (0xA5EC, 0x0068)], ids=["Word 6", "Word 95"]
)
def test_older_versions_are_refused_with_advice(ident: int, version: int) -> None:
    with pytest.raises(Unreadable, match="save it as DOCX"):
        lines(WordFile("Ada\r", ident=ident, version=version))


def test_an_encrypted_document_is_refused() -> None:
    with pytest.raises(Unreadable, match="password"):
        lines(WordFile("Ada\r", flags=0x0300))


def test_a_document_of_endless_text_is_refused() -> None:
    file = WordFile("Ada\r").to_bytes()
    piece_table = b"\x02" + struct.pack("<III", 16, 0, 4)
    assert piece_table in file
    with pytest.raises(Unreadable, match="far more text"):
        doc.extract(file.replace(piece_table, b"\x02" + struct.pack("<III", 16, 0, 10**9)))
