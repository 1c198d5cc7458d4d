"""The parts of a DOCX file: a zip of XML parts that name each other by relationships (ECMA-376, part 2)."""

import lzma
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from hotgigs.parser.errors import Unreadable

MAX_BYTES = 48 * 1024 * 1024
"""Of all parts that are read, decompressed."""

MAX_TAGS = 1_000_000
"""Of all parts that are read, opening and closing ones: a tree takes far more room than its text, and time.
The most elaborate hundred pages have half as many."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"

# What `zipfile` raises for a member that is missing, damaged or encrypted.
_BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    lzma.LZMAError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    struct.error,
)


class DocxPackage:
    """Raises `Unreadable`, also from its methods, where a part is damaged, missing or too large."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _BROKEN_ZIP as err:
            raise _damaged() from err
        self._bytes_left = MAX_BYTES
        self._tags_left = MAX_TAGS
        self._names = frozenset(self._zip.namelist())
        self.document_name = next(iter(self._related("", "/officeDocument")), "word/document.xml")
        self.document = self._parse(self.document_name)

    def related(self, kind: str) -> Iterator[etree._Element]:
        """The parts of a kind (``/header``, ``/footer``, ``/styles``) that the document names, each once."""
        for name in dict.fromkeys(self._related(self.document_name, kind)):
            if name in self._names:
                yield self._parse(name)

    def _related(self, source: str, kind: str) -> Iterator[str]:
        folder, name = posixpath.split(source)
        relationships = posixpath.join(folder, "_rels", f"{name}.rels")
        if relationships not in self._names:
            return
        for relationship in self._parse(relationships).iter(_RELATIONSHIP):
            if relationship.get("Type", "").endswith(kind) and relationship.get("TargetMode") != "External":
                target = posixpath.join("/" + folder, relationship.get("Target", ""))
                yield posixpath.normpath(target).lstrip("/")

    def _parse(self, name: str) -> etree._Element:
        try:
            with self._zip.open(name) as part:
                xml = part.read(self._bytes_left + 1)
        except _BROKEN_ZIP as err:
            raise _damaged() from err
        self._bytes_left -= len(xml)
        self._tags_left -= xml.count(b"<")
        if self._bytes_left < 0 or self._tags_left < 0:
            raise Unreadable("This Word document is far larger inside than any resume.")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(xml.replace(_STRICT, _TRANSITIONAL), parser)
        except etree.XMLSyntaxError as err:
            raise _damaged() from err


def _damaged() -> Unreadable:
    return Unreadable("This Word document is damaged and cannot be read.")
