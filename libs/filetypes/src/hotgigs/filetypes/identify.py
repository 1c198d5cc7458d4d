"""What kind of file this is, by its content."""

import struct
import zipfile
from typing import BinaryIO

from hotgigs.filetypes import compound_file
from hotgigs.filetypes.compound_file import CompoundFile
from hotgigs.filetypes.errors import (
    Damaged,
    Empty,
    Encrypted,
    OtherDocument,
    Rejected,
    Truncated,
    UnknownType,
)
from hotgigs.filetypes.filetype import FileType
from hotgigs.filetypes.zip_directory import open_zip

_HEAD_BYTES = 1024
_PDF_TAIL_BYTES = 64 * 1024
_ZIP_MAGICS = (b"PK\x03\x04", b"PK\x05\x06")
_UTF8_BOM = b"\xef\xbb\xbf"

_OTHER_HEADS = {
    b"<!doctype html": "a web page",
    b"<html": "a web page",
    b"mime-version:": "a saved web page",
    b"<?xml": "an XML file",
    b"\x89png": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"ii*\0": "a picture",
    b"mm\0*": "a picture",
}
_ZIP_DOCUMENTS = {
    "xl/workbook.xml": "an Excel workbook",
    "xl/workbook.bin": "an Excel workbook",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "visio/document.xml": "a Visio drawing",
    "content.xml": "an OpenDocument file",
    "Index/Document.iwa": "an Apple iWork document",
    "META-INF/container.xml": "an e-book",
}
_COMPOUND_DOCUMENTS = {
    "Workbook": "an Excel workbook",
    "Book": "an Excel workbook",
    "PowerPoint Document": "a PowerPoint presentation",
    "VisioDocument": "a Visio drawing",
    "Quill": "a Publisher document",
    "__properties_version1.0": "an Outlook message",
}
_WORD_STREAM = "WordDocument"
_FIB_BASE_BYTES = 32
_WORD_IDENTS = (0xA5EC, 0xA5DC)  # Word 97 and later, Word 6 and 95
_F_ENCRYPTED = 0x0100


def identify(file: BinaryIO) -> FileType:
    """The type of a seekable file, which may be a remote object read by ranges.

    Reads the head, and then at most the last 64 KiB, a zip's central directory (up to 1 MiB) or the
    allocation table and directory of a compound file (under 2 % of it). Raises `Rejected` for what
    is not taken in; errors of the file object itself (`OSError`) pass through.
    """
    file.seek(0)
    head = file.read(_HEAD_BYTES)
    if not head:
        raise Empty
    if head.startswith(compound_file.MAGIC):
        return _identify_compound_file(file)
    if head.startswith(_ZIP_MAGICS):
        return _identify_zip(file)
    text = head.removeprefix(_UTF8_BOM).lstrip()
    if text.startswith(b"{\\rtf"):
        return FileType.RTF
    if b"%PDF-" in head:
        return _identify_pdf(file)
    raise _refusal(text)


def _refusal(head: bytes) -> Rejected:
    for beginning, kind in _OTHER_HEADS.items():
        if head.lower().startswith(beginning):
            return OtherDocument(kind)
    return UnknownType()


def _identify_pdf(file: BinaryIO) -> FileType:
    size = file.seek(0, 2)
    file.seek(max(0, size - _PDF_TAIL_BYTES))
    if b"%%EOF" not in file.read(_PDF_TAIL_BYTES):
        raise Truncated
    return FileType.PDF


def _identify_zip(file: BinaryIO) -> FileType:
    with open_zip(file) as archive:
        names = set(archive.namelist())
        if {"[Content_Types].xml", "word/document.xml"} <= names:
            _require_members_inside(file, archive)
            return FileType.DOCX
    for name, kind in _ZIP_DOCUMENTS.items():
        if name in names:
            raise OtherDocument(kind)
    if "[Content_Types].xml" in names:
        raise OtherDocument("an Office document of another kind")
    return FileType.ZIP


def _require_members_inside(file: BinaryIO, archive: zipfile.ZipFile) -> None:
    size = file.seek(0, 2)
    if any(not 0 <= info.header_offset < size for info in archive.infolist()):
        raise Damaged


def _identify_compound_file(file: BinaryIO) -> FileType:
    compound = CompoundFile(file)
    if "EncryptedPackage" in compound.names:
        raise Encrypted
    if _WORD_STREAM in compound.names:
        return _identify_word(compound)
    for name, kind in _COMPOUND_DOCUMENTS.items():
        if name in compound.names:
            raise OtherDocument(kind)
    raise OtherDocument("an Office document of another kind")


def _identify_word(compound: CompoundFile) -> FileType:
    """By the file information block, [MS-DOC] 2.5.2 FibBase."""
    base = compound.read(_WORD_STREAM, _FIB_BASE_BYTES)
    if len(base) < _FIB_BASE_BYTES:
        raise Truncated
    ident = struct.unpack_from("<H", base, 0)[0]
    flags = struct.unpack_from("<H", base, 10)[0]
    if ident not in _WORD_IDENTS:
        raise Damaged
    if flags & _F_ENCRYPTED:
        raise Encrypted
    compound.require_whole(_WORD_STREAM)
    return FileType.DOC
