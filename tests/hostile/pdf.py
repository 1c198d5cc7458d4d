"""PDFs made to do harm: each by its name, and what a reader of it would suffer from."""

import zlib
from collections.abc import Callable, Mapping
from types import MappingProxyType

from hostile.pdf_file import HELVETICA, page_pdf, pages_pdf, pdf_of, stream, text_at
from hostile.pdf_fonts import (
    cmap_giant_ranges,
    cmap_long_ligatures,
    cmap_loop,
    cmap_that_hangs,
    font_file_bomb,
    type1_font_that_hangs,
    type3_bomb,
    type3_loop,
)

MIB = 2**20
NAME = text_at(72, 700, "Ada Example")


def flate_bomb(mib: int = 1500) -> bytes:
    """Contents of very much nothing, deflated twice: a few KiB as a file."""
    packer = zlib.compressobj(9)
    once = bytearray()
    for _ in range(mib):
        once += packer.compress(b" " * MIB)
    once += packer.compress(NAME) + packer.flush()
    content = stream(zlib.compress(bytes(once), 9), "/Filter [/FlateDecode /FlateDecode]")
    return pages_pdf([content])


def text_bomb(characters: int = 40_000_000) -> bytes:
    """Contents that print without end."""
    line = b"(" + b"a" * 100 + b") Tj T*\n"
    return page_pdf(b"BT /F 9 Tf 9 TL 20 780 Td\n" + line * (characters // 100) + b"ET")


def many_fragments(count: int = 60_000) -> bytes:
    """Words in two columns, each row broken by a third word that stands across the gutter."""
    texts = []
    for row in range(count // 5):
        y = 780 - row * 700 / (count // 5)
        texts.append(b"1 0 0 1 40 %.4f Tm (aa) Tj 1 0 0 1 300 %.4f Tm (bb) Tj\n" % (y, y))
        if row % 2:
            texts.append(b"1 0 0 1 250 %.4f Tm (across the gutter) Tj\n" % y)
    return page_pdf(b"BT /F 0.01 Tf\n" + b"".join(texts) + b"ET")


def one_baseline(count: int = 30_000) -> bytes:
    """Words that all stand beside each other."""
    return page_pdf(
        b"BT /F 0.5 Tf\n"
        + b"".join(b"1 0 0 1 %.3f 700 Tm (2019 -) Tj\n" % (index * 0.9) for index in range(count))
        + b"ET",
        page="/MediaBox [0 0 30000 800]",
    )


def page_loop() -> bytes:
    """A tree of pages whose branch is its own child."""
    return pdf_of(
        {
            1: "<< /Type /Catalog /Pages 2 0 R >>",
            2: "<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 2 /Parent 2 0 R >>",
            3: "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 9 /Parent 3 0 R >>",
        }
    )


def page_claims(count: int = 2**31 - 1) -> bytes:
    """One page that says it is two thousand million."""
    return pdf_of(
        {
            1: "<< /Type /Catalog /Pages 2 0 R >>",
            2: f"<< /Type /Pages /Kids [3 0 R] /Count {count} >>",
            3: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >>",
        }
    )


def same_page_again(count: int = 99) -> bytes:
    """One page, which is costly to read, named again and again as a kid."""
    kids = " ".join(["4 0 R"] * count)
    return pdf_of(
        {
            1: "<< /Type /Catalog /Pages 2 0 R >>",
            2: f"<< /Type /Pages /Kids [{kids}] /Count {count} /MediaBox [0 0 612 792] >>",
            3: HELVETICA,
            4: "<< /Type /Page /Parent 2 0 R /Contents 5 0 R /Resources << /Font << /F 3 0 R >> >> >>",
            5: stream(NAME + b"0 0 m 9 9 l S\n" * 200_000, deflate=True),
        }
    )


def many_pages(count: int = 5000) -> bytes:
    return pages_pdf([stream(NAME)] * count)


def deep_page_tree(depth: int = 100_000) -> bytes:
    objects: dict[int, bytes | str] = {1: "<< /Type /Catalog /Pages 2 0 R >>"}
    for number in range(2, depth):
        objects[number] = f"<< /Type /Pages /Kids [{number + 1} 0 R] /Count 1 /Parent {number - 1} 0 R >>"
    objects[depth] = f"<< /Type /Page /Parent {depth - 1} 0 R /MediaBox [0 0 99 99] >>"
    return pdf_of(objects)


def deep_arrays(depth: int = 1_000_000) -> bytes:
    return page_pdf(NAME, others={10: "[" * depth}, page="/Deep 10 0 R")


def deep_array_in_contents(depth: int = 1_000_000) -> bytes:
    return page_pdf(b"[" * depth + NAME)


def deep_states(depth: int = 2_000_000) -> bytes:
    return page_pdf(b"q " * depth + NAME)


def form_loop() -> bytes:
    """Two forms that draw each other."""
    form = "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A 10 0 R /B 11 0 R >> >>"
    others = {10: stream(b"/B Do /A Do", form), 11: stream(b"/A Do /B Do", form)}
    return page_pdf(NAME + b"/A Do", resources="/XObject << /A 10 0 R >>", others=others)


def form_bomb(depth: int = 40) -> bytes:
    """Forms that each draw the next one twice."""
    others: dict[int, bytes | str] = {}
    for number in range(10, 10 + depth):
        entries = (
            "/Type /XObject /Subtype /Form /BBox [0 0 612 792] "
            f"/Resources << /XObject << /A {number + 1} 0 R >> /Font << /F 3 0 R >> >>"
        )
        others[number] = stream(b"/A Do /A Do", entries)
    others[10 + depth] = stream(NAME, "/Type /XObject /Subtype /Form /BBox [0 0 612 792]")
    return page_pdf(NAME + b"/A Do", resources="/XObject << /A 10 0 R >>", others=others)


def many_annotations(count: int = 100_000) -> bytes:
    notes = " ".join(
        "<< /Type /Annot /Subtype /FreeText /Rect [0 0 9 9] /Contents (x) >>" for _ in range(count)
    )
    return page_pdf(NAME, page=f"/Annots [{notes}]")


def filter_chain(count: int = 2000) -> bytes:
    chain = "/ASCIIHexDecode " * count
    return pages_pdf([stream(NAME, f"/Filter [{chain}]")])


def predictor(columns: int = 2**31 - 1) -> bytes:
    content = zlib.compress(NAME * 100)
    parameters = f"/Predictor 15 /Columns {columns} /Colors 32 /BitsPerComponent 16"
    entries = f"/Filter /FlateDecode /DecodeParms << {parameters} >>"
    return pages_pdf([stream(content, entries)])


def previous_loop() -> bytes:
    """A cross-reference table that comes after itself."""
    content = page_pdf(NAME)
    at = content.rindex(b"startxref")
    offset = content[at:].split()[1].decode()
    return content.replace(b"/Root 1 0 R", f"/Root 1 0 R /Prev {offset} /XRefStm {offset}".encode())


def object_stream_loop() -> bytes:
    """Objects that are said to be inside an object stream that is inside itself."""
    body = stream(b"3 0 10 0 << /Type /Font >> << >>", "/Type /ObjStm /N 2 /First 9 /Extends 10 0 R")
    return page_pdf(NAME, others={10: body, 11: stream(b"10 0 R", "/Type /ObjStm /N 9999999 /First 0")})


def name_loop() -> bytes:
    """An object that is a reference to itself."""
    return page_pdf(NAME, page="/Rotate 10 0 R /UserUnit 11 0 R", others={10: "10 0 R", 11: "10 0 R"})


def absurd_numbers() -> bytes:
    contents = b"".join(
        f"BT /F {size} Tf {x} {y} Td (Ada Example) Tj ET\n".encode()
        for size in ("1e38", "-1e38", "99999999999999999999", "0.0000001", "nan", "inf")
        for x, y in (("1e38", "0"), ("-1e38", "1e38"), ("nan", "inf"), ("72", "700"))
    )
    matrix = b"99999999999999999999 0 0 0.00000000000001 340282350000000000000000000000000000000 0 cm\n"
    return page_pdf(
        NAME + contents + matrix + contents, page="/MediaBox [-1e38 -1e38 1e38 1e38] /UserUnit 1e30"
    )


def inline_image_bomb() -> bytes:
    picture = b"BI /W 2000000000 /H 2000000000 /BPC 8 /CS /RGB /F /Fl ID x\x9c EI\n"
    return page_pdf(NAME + picture * 1000)


def external_contents(path: str = "/etc/passwd") -> bytes:
    """Contents that are said to lie in a file of the reader's."""
    contents = stream(b"", f"/F ({path}) /FFilter null")
    attached = {10: f"<< /Type /Filespec /F ({path}) /UF ({path}) >>", 11: stream(b"", "/F 10 0 R")}
    return pages_pdf([contents, stream(NAME)], page="/AF [10 0 R] /Metadata 11 0 R", others=attached)


def picture_bomb(side: int = 60_000) -> bytes:
    """Pictures of pages, one colour, small as a file and vast as pixels; there is no text."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b"\0" * side) for _ in range(side // 8)) + packer.flush()
    entries = f"/Type /XObject /Subtype /Image /Width {side} /Height {side} /BitsPerComponent 1"
    image = stream(data, f"{entries} /ColorSpace /DeviceGray /Filter /FlateDecode")
    return page_pdf(b"q 612 0 0 792 0 0 cm /I Do Q", resources="/XObject << /I 10 0 R >>", others={10: image})


def pattern_loop() -> bytes:
    pattern = stream(
        b"/Pattern cs /P scn 0 0 9 9 re f",
        "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.0001 /YStep 0.0001"
        " /Resources << /Pattern << /P 10 0 R >> >>",
    )
    contents = NAME + b"/Pattern cs /P scn 0 0 612 792 re f"
    return page_pdf(contents, resources="/Pattern << /P 10 0 R >>", others={10: pattern})


Make = Callable[[], bytes]

ATTACKS: Mapping[str, Make] = MappingProxyType(
    {
        make.__name__: make
        for make in (
            flate_bomb,
            text_bomb,
            many_fragments,
            one_baseline,
            page_loop,
            page_claims,
            same_page_again,
            many_pages,
            deep_page_tree,
            deep_arrays,
            deep_array_in_contents,
            deep_states,
            form_loop,
            form_bomb,
            type3_loop,
            cmap_giant_ranges,
            cmap_long_ligatures,
            cmap_loop,
            cmap_that_hangs,
            font_file_bomb,
            type1_font_that_hangs,
            many_annotations,
            filter_chain,
            predictor,
            previous_loop,
            object_stream_loop,
            name_loop,
            absurd_numbers,
            inline_image_bomb,
            external_contents,
            type3_bomb,
            picture_bomb,
            pattern_loop,
        )
    }
)
