"""The types of file that are taken in."""

from enum import Enum


class FileType(Enum):
    """The value is the plain label that people read."""

    PDF = "PDF"
    DOCX = "DOCX"
    DOC = "DOC"
    RTF = "RTF"
    ZIP = "ZIP"

    @property
    def label(self) -> str:
        return self.value

    @property
    def extension(self) -> str:
        """With its dot, in lower case."""
        return f".{self.value.lower()}"

    @property
    def media_type(self) -> str:
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    FileType.PDF: "application/pdf",
    FileType.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileType.DOC: "application/msword",
    FileType.RTF: "application/rtf",
    FileType.ZIP: "application/zip",
}
