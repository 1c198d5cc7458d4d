"""Small valid files of each type, made in memory."""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping

import pytest
from hypothesis import settings

from hotgigs.filetypes import FileType

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

SECTOR = 512


def make_compound_file(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of version 3; streams are padded to at least 4096 bytes, so none is a mini stream."""
    sectors: list[bytes] = []
    fat: list[int] = []
    entries: list[bytes] = [_entry("Root Entry", kind=5, start=0xFFFFFFFE, size=0)]
    padded = {name: content.ljust(4096, b"\0") for name, content in streams.items()}
    for name, content in padded.items():
        entries.append(_entry(name, kind=2, start=len(sectors), size=len(content)))
        _append(sectors, fat, content)
    directory_start = len(sectors)
    _append(sectors, fat, b"".join(entries))
    fat.append(0xFFFFFFFD)
    fat_sector = len(sectors)
    sectors.append(struct.pack("<128I", *fat, *[0xFFFFFFFF] * (128 - len(fat))))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0")
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, directory_start, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", fat_sector, *[0xFFFFFFFF] * 108)
    return header + b"".join(sectors)


def _entry(name: str, *, kind: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBB", len(raw), kind, 1).ljust(52, b"\xff")
        + struct.pack("<III", start, size, 0)
    )


def _append(sectors: list[bytes], fat: list[int], content: bytes) -> None:
    pieces = [content[i : i + SECTOR].ljust(SECTOR, b"\0") for i in range(0, len(content), SECTOR)]
    first = len(sectors)
    fat.extend(range(first + 1, first + len(pieces)))
    fat.append(0xFFFFFFFE)
    sectors.extend(pieces)


def make_zip(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def make_doc(*, flags: int = 0, ident: int = 0xA5EC) -> bytes:
    fib = struct.pack("<HHHHHH", ident, 0xC1, 0, 0, 0, flags)
    return make_compound_file({"WordDocument": fib, "1Table": b""})


DOCX = make_zip(
    {"[Content_Types].xml": b"<Types/>", "_rels/.rels": b"", "word/document.xml": b"<document/>" * 50}
)
VALID_FILES = {
    FileType.PDF: b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\nstartxref\n0\n%%EOF\n",
    FileType.DOCX: DOCX,
    FileType.DOC: make_doc(),
    FileType.RTF: rb"{\rtf1\ansi Ada Example\par}",
    FileType.ZIP: make_zip({"ada.pdf": b"%PDF-1.7 %%EOF", "grace.docx": DOCX}),
}


@pytest.fixture(scope="session")
def valid_files() -> dict[FileType, bytes]:
    return VALID_FILES


@pytest.fixture(scope="session")
def compound_file_of() -> Callable[[Mapping[str, bytes]], bytes]:
    return make_compound_file


@pytest.fixture(scope="session")
def zip_of() -> Callable[[Mapping[str, bytes]], bytes]:
    return make_zip


@pytest.fixture(scope="session")
def doc_with() -> Callable[..., bytes]:
    return make_doc
