"""Every format is read into the same `Document`."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from hotgigs.filetypes import FileType
from hotgigs.parser.document import Document
from hotgigs.parser.extraction import doc, docx, pdf, rtf

READERS: Mapping[FileType, Callable[[bytes], Document]] = MappingProxyType(
    {
        FileType.PDF: pdf.extract,
        FileType.DOCX: docx.extract,
        FileType.DOC: doc.extract,
        FileType.RTF: rtf.extract,
    }
)
"""The reader of each format; raises `Unreadable`."""
