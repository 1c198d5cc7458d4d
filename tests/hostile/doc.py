"""Word 97 files ([MS-DOC] in [MS-CFB]) made to do harm."""

import struct
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
TEXT_AT = 1024
STYLES, HEADERS, CHARACTERS, PARAGRAPHS, PIECES, TEXT_BOXES, LISTS, OVERRIDES = 1, 11, 12, 13, 33, 56, 73, 74


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """Of version 3, without small streams; its tables take up to 109 sectors, some 7 MiB in all."""
    sectors: list[bytes] = []
    chain: list[int] = []

    def add(content: bytes) -> int:
        first = len(sectors)
        sectors.extend(
            content[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(content), SECTOR)
        )
        chain.extend([*range(first + 1, len(sectors)), _END])
        return first

    entries = [_entry("Root Entry", 5, _END, 0)]
    for name, content in streams.items():
        padded = content.ljust(4096, b"\0")
        entries.append(_entry(name, 2, add(padded), len(padded)))
    directory = add(b"".join(entries))
    tables = next(count for count in range(1, 110) if (len(chain) + count) <= count * 128)
    first_table = len(sectors)
    table = [*chain, *[_FAT] * tables]
    table += [_FREE] * (tables * 128 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0")
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, tables, directory, 0, 4096, _END, 0, _END, 0)
    places = [*range(first_table, first_table + tables)]
    header += struct.pack("<109I", *places, *[_FREE] * (109 - tables))
    return header + b"".join(sectors) + struct.pack(f"<{len(table)}I", *table)


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    tail = struct.pack("<HBB", len(raw), kind, 1).ljust(52, b"\xff") + struct.pack("<III", start, size, 0)
    return raw.ljust(64, b"\0") + tail


def plc(positions: Sequence[int], records: Sequence[bytes]) -> bytes:
    return struct.pack(f"<{len(positions)}I", *positions) + b"".join(records)


def piece(offset: int, modifier: int = 0) -> bytes:
    """One byte a character; ``modifier`` is the 1-based place of one in the Clx."""
    prm = (modifier - 1) << 1 | 1 if modifier else 0
    return struct.pack("<HIH", 0, 0x40000000 | offset * 2, prm)


def clx(positions: Sequence[int], pieces: Sequence[bytes], modifiers: Sequence[bytes] = ()) -> bytes:
    table = plc(positions, pieces)
    listed = b"".join(b"\1" + struct.pack("<H", len(each)) + each for each in modifiers)
    return listed + b"\2" + struct.pack("<I", len(table)) + table


def doc_of(
    text: bytes,
    pieces: bytes,
    *,
    body: int,
    headers: int = 0,
    text_boxes: int = 0,
    tables: Mapping[int, bytes] | None = None,
    after: bytes = b"",
) -> bytes:
    """``text`` lies at `TEXT_AT` and ``after`` behind it, from the next multiple of 512 on."""
    table_stream, places = b"", [0] * 186
    for index, content in {**(tables or {}), PIECES: pieces}.items():
        places[2 * index : 2 * index + 2] = [len(table_stream), len(content)]
        table_stream += content
    longs = [0] * 22
    longs[3], longs[5], longs[9] = body, headers, text_boxes
    fib = struct.pack("<HHHHHH20x", 0xA5EC, 0xC1, 0, 0, 0, 0x0200)
    fib += struct.pack("<H28x", 14) + struct.pack("<H22I", 22, *longs) + struct.pack("<H186I", 93, *places)
    stream = fib.ljust(TEXT_AT, b"\0") + text
    stream += b"\0" * (-len(stream) % 512) + after
    return compound_file({"WordDocument": stream, "1Table": table_stream})


NAME = b"Ada Example\r"


def plain() -> bytes:
    return doc_of(NAME, clx([0, len(NAME)], [piece(TEXT_AT)]), body=len(NAME))


def sector_loop() -> bytes:
    """Every sector is followed by itself."""
    content = bytearray(plain())
    table = len(content) - SECTOR
    content[table:] = b"".join(struct.pack("<I", sector) for sector in range(128))
    return bytes(content)


def directory_loop() -> bytes:
    content = bytearray(plain())
    directory = struct.unpack_from("<I", content, 48)[0]
    struct.pack_into("<I", content, len(content) - SECTOR + 4 * directory, directory)
    return bytes(content)


def table_list_loop() -> bytes:
    """A list of allocation tables that goes on in itself."""
    content = bytearray(plain())
    struct.pack_into("<II", content, 68, 0, 0xFFFFFFFF)
    content[SECTOR : 2 * SECTOR] = b"\0" * SECTOR
    return bytes(content)


def lengths_beyond_the_file() -> bytes:
    return doc_of(
        NAME, clx([0, 499_999], [piece(TEXT_AT)]), body=0xFFFFFFFF, headers=0xFFFFFFFF, text_boxes=2**31
    )


def pieces_beyond_the_file(count: int = 100_000) -> bytes:
    table = clx(range(count + 1), [piece(2**29 - 1 - index) for index in range(count)])
    return doc_of(NAME, table, body=count)


def pieces_out_of_order() -> bytes:
    table = clx([0, 400_000, 3, 499_999, 5], [piece(TEXT_AT)] * 4)
    return doc_of(NAME, table, body=499_999)


def the_same_bytes_again(count: int = 499_000) -> bytes:
    """Every character is a piece of its own, of the same two bytes."""
    table = clx(range(0, count + 1, 2), [piece(TEXT_AT)] * (count // 2))
    return doc_of(b"a\r", table, body=count)


def pieces_of_one_letter(count: int = 49_000) -> bytes:
    """A line, every letter of which is a piece of its own with modifiers."""
    modifier = b"\x35\x08\x01" * 300
    table = clx(range(count + 1), [piece(TEXT_AT, 1)] * count, [modifier])
    return doc_of(b"a", table, body=count)


def one_line(count: int = 499_000) -> bytes:
    return doc_of(b"a, " * (count // 3), clx([0, count], [piece(TEXT_AT)]), body=count)


def long_modifiers(count: int = 200_000) -> bytes:
    """Every line is a piece with thirty thousand properties."""
    modifier = b"\x35\x08\x01" * 21_000
    table = clx(range(0, count + 1, 2), [piece(TEXT_AT, 1)] * (count // 2), [modifier])
    return doc_of(b"a\r", table, body=count)


def text_boxes_of_many_pieces(boxes: int = 60_000, pieces: int = 400_000) -> bytes:
    table = clx(range(pieces + 1), [piece(TEXT_AT)] * pieces)
    text_boxes = plc(range(boxes + 1), [b"\0" * 22] * boxes)
    return doc_of(b"a\r", table, body=2, text_boxes=boxes, tables={TEXT_BOXES: text_boxes})


def many_headers(count: int = 400_000) -> bytes:
    table = clx([0, 499_000], [piece(TEXT_AT)])
    headers = struct.pack(f"<{count}I", *range(count))
    return doc_of(b"a\r" * 249_500, table, body=0, headers=499_000, tables={HEADERS: headers})


def fields_without_end(count: int = 499_000) -> bytes:
    return doc_of(b"\x13" * count, clx([0, count], [piece(TEXT_AT)]), body=count)


def style_loop() -> bytes:
    """Styles that are based on each other."""
    std = struct.pack("<HHHHH", 99, 1 | 1 << 4, 0, 0, 0) + struct.pack("<H", 0) + b"\0\0"
    other = struct.pack("<HHHHH", 99, 1 | 0 << 4, 0, 0, 0) + struct.pack("<H", 0) + b"\0\0"
    sheet = struct.pack("<HHH", 4, 2, 10) + b"".join(
        struct.pack("<H", len(each)) + each for each in (std, other)
    )
    pieces = clx([0, len(NAME)], [piece(TEXT_AT)])
    return doc_of(NAME, pieces, body=len(NAME), tables={STYLES: sheet})


def odd_tables() -> bytes:
    """Property and list tables whose counts do not agree with their sizes."""
    tables = {
        CHARACTERS: plc([0, 2**32 - 1], [struct.pack("<I", 2**32 - 1)]) + b"\1\2\3",
        PARAGRAPHS: plc([0, TEXT_AT, 2**32 - 1], [struct.pack("<I", 1)] * 2)[:-1],
        STYLES: struct.pack("<HHH", 0xFFFF, 0xFFFF, 0xFFFF) + b"\xff" * 99,
        LISTS: struct.pack("<H", 0xFFFF) + b"\xff" * 999,
        OVERRIDES: struct.pack("<I", 2**32 - 1) + b"\xff" * 99,
        HEADERS: b"\xff" * 33,
        TEXT_BOXES: b"\xff" * 77,
    }
    return doc_of(
        NAME, clx([0, len(NAME)], [piece(TEXT_AT)]), body=len(NAME), tables=tables, after=b"\xff" * 5120
    )


Make = Callable[[], bytes]

ATTACKS: Mapping[str, Make] = MappingProxyType(
    {
        make.__name__: make
        for make in (
            plain,
            sector_loop,
            directory_loop,
            table_list_loop,
            lengths_beyond_the_file,
            pieces_beyond_the_file,
            pieces_out_of_order,
            the_same_bytes_again,
            pieces_of_one_letter,
            one_line,
            long_modifiers,
            text_boxes_of_many_pieces,
            many_headers,
            fields_without_end,
            style_loop,
            odd_tables,
        )
    }
)
