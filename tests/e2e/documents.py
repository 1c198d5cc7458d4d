"""Documents that no shipped sample is like: hostile, damaged, protected, or merely slow to read."""

import io
import struct
import zipfile
from collections.abc import Mapping
from functools import cache

import pymupdf
from docx import Document

MIB = 2**20
_SECTOR = 512


def plain_pdf(text: str = "Ada Example\nada@mail.example", **save_options: object) -> bytes:
    pdf = pymupdf.open()
    pdf.new_page().insert_text((72, 72), text)
    content: bytes = pdf.tobytes(**save_options)
    return content


def pdf_of_size(size: int) -> bytes:
    """What passes for a PDF as far as it is looked at before it is parsed."""
    return b"%PDF-1.7\n".ljust(size - 6, b"\0") + b"%%EOF\n"


def protected_pdf() -> bytes:
    """Needs a password to be opened."""
    return plain_pdf(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="open sesame", owner_pw="owner")


def restricted_pdf() -> bytes:
    """Opens without a password; only changing it takes one."""
    return plain_pdf(encryption=pymupdf.PDF_ENCRYPT_AES_256, owner_pw="owner", user_pw="")


@cache
def slow_pdf(*, pages: int) -> bytes:
    """Takes a twentieth of a second or more to read for each page, up to a hundred pages: it is full of
    strokes, which are no text but have to be gone through."""
    pdf = pymupdf.open()
    page = pdf.new_page()
    page.insert_text((72, 72), "Ada Example")
    contents = page.get_contents()[0]
    pdf.update_stream(contents, pdf.xref_stream(contents) + b"\n" + b"0 0 m 9 9 l S\n" * 300_000)
    for _ in range(pages - 1):
        pdf.fullcopy_page(0)
    content: bytes = pdf.tobytes(deflate=True, garbage=1)
    return content


def plain_docx(text: str = "Ada Example") -> bytes:
    document = Document()
    document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def docx_bomb() -> bytes:
    """Small to send, within the limit of a part when unpacked, and far beyond any memory as a tree."""
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = b"<w:p/>" * (30 * MIB // 6)
    xml = f'<w:document xmlns:w="{namespace}"><w:body>'.encode() + body + b"</w:body></w:document>"
    return zip_of({"[Content_Types].xml": b"<Types/>", "word/document.xml": xml})


def protected_docx() -> bytes:
    """As Word saves with a password: a compound file around the encrypted package."""
    return compound_file_of({"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": b"\1" * 5000})


def xlsx() -> bytes:
    return zip_of({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})


def zip_of(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def zip_bomb(*, unpacked_bytes: int) -> bytes:
    return zip_of({"resume.pdf": b"%PDF-1.7" + b"\0" * unpacked_bytes})


def compound_file_of(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of version 3 ([MS-CFB]) with at most 128 sectors and no small streams."""
    sectors: list[bytes] = []
    chains: list[int] = []
    entries = [_directory_entry("Root Entry", kind=5, start=0xFFFFFFFE, size=0)]
    for name, content in streams.items():
        padded = content.ljust(4096, b"\0")
        entries.append(_directory_entry(name, kind=2, start=len(sectors), size=len(padded)))
        _append(sectors, chains, padded)
    directory = len(sectors)
    _append(sectors, chains, b"".join(entries))
    table = [*chains, 0xFFFFFFFD]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0")
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", len(sectors), *[0xFFFFFFFF] * 108)
    sectors.append(struct.pack("<128I", *table, *[0xFFFFFFFF] * (128 - len(table))))
    return header + b"".join(sectors)


def _directory_entry(name: str, *, kind: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    tail = struct.pack("<HBB", len(raw), kind, 1).ljust(52, b"\xff") + struct.pack("<III", start, size, 0)
    return raw.ljust(64, b"\0") + tail


def _append(sectors: list[bytes], chains: list[int], content: bytes) -> None:
    pieces = [content[at : at + _SECTOR].ljust(_SECTOR, b"\0") for at in range(0, len(content), _SECTOR)]
    chains.extend(range(len(sectors) + 1, len(sectors) + len(pieces)))
    chains.append(0xFFFFFFFE)
    sectors.extend(pieces)
