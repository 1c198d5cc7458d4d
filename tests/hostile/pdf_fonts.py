"""PDFs whose fonts are made to do harm."""

from hostile.pdf_file import page_pdf, stream, text_at

MIB = 2**20
NAME = text_at(72, 700, "Ada Example")


def type3_loop() -> bytes:
    """A font whose letter is drawn with the letter."""
    font = (
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 65"
        " /LastChar 66 /Widths [9 9] /CharProcs << /A 10 0 R /B 10 0 R >>"
        " /Encoding << /Differences [65 /A /B] >> /Resources << /Font << /F 3 0 R >> >> >>"
    )
    others = {10: stream(b"9 0 d0 BT /F 9 Tf (AABB) Tj ET")}
    return page_pdf(b"BT /F 9 Tf 72 700 Td (" + b"AB" * 5000 + b") Tj ET", font=font, others=others)


def _mapped(cmap: bytes, text: bytes = b"<0041>") -> bytes:
    font = (
        "<< /Type /Font /Subtype /Type0 /BaseFont /Helvetica /Encoding /Identity-H /ToUnicode 10 0 R"
        " /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Helvetica /CIDSystemInfo"
        " << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] >>"
    )
    head = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> "
    map_stream = stream(head + b"endcodespacerange\n" + cmap + b"\nendcmap", deflate=True)
    return page_pdf(b"BT /F 9 Tf 72 700 Td " + text + b" Tj ET", font=font, others={10: map_stream})


def cmap_giant_ranges(count: int = 100_000) -> bytes:
    """A map from codes to letters that says everything again and again."""
    ranges = b"".join(b"<%08X> <FFFFFFFF> <0041>\n" % index for index in range(count))
    return _mapped(b"%d beginbfrange\n" % count + ranges + b"endbfrange")


def cmap_long_ligatures(repeats: int = 400_000) -> bytes:
    """Each code printed stands for many letters."""
    return _mapped(
        b"1 beginbfchar <0041> <" + b"0061" * 250 + b"> endbfchar", b"<" + b"0041" * repeats + b">"
    )


def cmap_loop() -> bytes:
    """A map that is based on itself."""
    cmap = stream(b"/Own usecmap 1 beginbfchar <41> <0041> endbfchar", "/UseCMap 10 0 R /CMapName /Own")
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 10 0 R >>"
    return page_pdf(NAME, font=font, others={10: cmap})


def cmap_that_hangs(blocks: int = 300) -> bytes:
    """Ranges that overlap each other in the worst order."""
    parts = []
    for block in range(blocks):
        lines = b"".join(
            b"<%04X> <%04X> <%04X>\n" % (65535 - index * 2 - block, 65535 - index, index)
            for index in range(200)
        )
        parts.append(b"200 beginbfrange\n" + lines + b"endbfrange\n")
    return _mapped(b"".join(parts))


def font_file_bomb(mib: int = 700) -> bytes:
    font_file = stream(b"\0\1\0\0" + b"\0" * (mib * MIB), deflate=True)
    font = (
        "<< /Type /Font /Subtype /TrueType /BaseFont /Own /FirstChar 0 /LastChar 255 /FontDescriptor"
        " << /Type /FontDescriptor /FontName /Own /FontFile2 10 0 R /Flags 4 >> >>"
    )
    return page_pdf(NAME, font=font, others={10: font_file})


def type1_font_that_hangs(count: int = 3_000_000) -> bytes:
    """An embedded font that is one long programme."""
    programme = b"%!PS-AdobeFont-1.0: Own\n" + b"/Subrs 99999999 array\n" + b"dup 0 15 RD \n" * count
    font_file = stream(programme, f"/Length1 {len(programme)}", deflate=True)
    font = (
        "<< /Type /Font /Subtype /Type1 /BaseFont /Own /FirstChar 0 /LastChar 255 /FontDescriptor"
        " << /Type /FontDescriptor /FontName /Own /FontFile 10 0 R /Flags 4 >> >>"
    )
    return page_pdf(NAME, font=font, others={10: font_file})


def type3_bomb(depth: int = 40) -> bytes:
    """A font whose letter is drawn by forms that each draw the next one twice."""
    font = (
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 65"
        " /LastChar 65 /Widths [9] /CharProcs << /A 9 0 R >> /Encoding << /Differences [65 /A] >>"
        " /Resources << /XObject << /A 10 0 R >> >> >>"
    )
    others: dict[int, bytes | str] = {9: stream(b"9 0 d0 /A Do /A Do")}
    for number in range(10, 10 + depth):
        entries = (
            "/Type /XObject /Subtype /Form /BBox [0 0 612 792] "
            f"/Resources << /XObject << /A {number + 1} 0 R >> >>"
        )
        others[number] = stream(b"/A Do /A Do", entries)
    others[10 + depth] = stream(b"0 0 9 9 re f", "/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    return page_pdf(b"BT /F 9 Tf 72 700 Td (AAAA) Tj ET", font=font, others=others)
