"""Why a file is not taken in, in words for the person who uploaded it."""

from typing import ClassVar

ACCEPTED = "PDF, DOCX, DOC or RTF"


class Rejected(Exception):
    """The file is not taken in.

    ``str()`` is one sentence that the uploader understands and can act on; it never carries a path,
    text of the file or a library's message.
    """

    sentence: ClassVar[str] = "The file cannot be accepted."

    def __init__(self, sentence: str = "") -> None:
        super().__init__(sentence or self.sentence)


class Empty(Rejected):
    sentence = "The file is empty."


class UnknownType(Rejected):
    sentence = f"The file is not a resume document; upload a {ACCEPTED} file."


class OtherDocument(Rejected):
    """A document, but not one that is taken in; ``kind`` is its name with an article."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"The file is {kind}, not a Word document; upload a {ACCEPTED} file.")


class Truncated(Rejected):
    sentence = "The end of the file is missing; upload it again, or save it anew first."


class Damaged(Rejected):
    sentence = "The file is damaged and cannot be opened; save it anew and upload it again."


class Encrypted(Rejected):
    sentence = "The file is protected with a password; save it without one and upload it again."


class ArchiveRefused(Rejected):
    """The archive as a whole is given up: none of its further members can be read."""


class NoMembers(ArchiveRefused):
    sentence = "The archive holds no files."


class TooManyMembers(ArchiveRefused):
    sentence = "The archive holds too many files."

    @classmethod
    def more_than(cls, max_members: int) -> "TooManyMembers":
        return cls(f"The archive holds more than {max_members} files.")


class ArchiveTooLarge(ArchiveRefused):
    sentence = "The files in the archive are too large together."


class ArchiveDamaged(ArchiveRefused):
    sentence = "The archive is damaged and cannot be opened; make it anew and upload it again."


class MemberRefused(Rejected):
    """One file of an archive is refused; its neighbours can still be read."""

    sentence = "This file cannot be read from the archive."


class NestedArchive(MemberRefused):
    sentence = "An archive inside an archive is not opened."


class EncryptedMember(MemberRefused):
    sentence = "This file of the archive is protected with a password."


class UnsupportedCompression(MemberRefused):
    sentence = "This file of the archive is compressed in a way that is not supported; make a plain zip."


class DamagedMember(MemberRefused):
    sentence = "This file of the archive is damaged."
