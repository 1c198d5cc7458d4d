"""What a file in Drive is to a sync: something to fetch, or why not."""

from pathlib import PurePosixPath
from secrets import token_hex

from hotgigs.contracts.drive_state import PassedOverReason
from hotgigs.drive_sync.sources.entries import Entry, PassedOver, SourceFile, SourceFolder
from hotgigs.drive_sync.sources.google_drive.drive_resources import DOCUMENT, FOLDER, SHORTCUT, DriveFile
from hotgigs.filetypes import FileType

EXPORTED = "export"
"""The handle of a Google document: it has no content of its own, and is exported."""

_TYPES = (FileType.PDF, FileType.DOCX, FileType.DOC, FileType.RTF)
_SUFFIXES = frozenset(filetype.extension for filetype in _TYPES)
_MEDIA_TYPES = frozenset({*(filetype.media_type for filetype in _TYPES), "text/rtf", "application/x-pdf"})


def entry_of(file: DriveFile, *, most_bytes: int) -> Entry:  # noqa: PLR0911 - a table
    """A shortcut is passed over: `target_of` says what to look at instead."""
    if file.trashed:
        return _passed_over(file, "trashed")
    if file.mime_type == FOLDER:
        return SourceFolder(folder_id=file.id)
    if file.mime_type == SHORTCUT:
        return _passed_over(file, "shortcut")
    if not _may_be_a_resume(file):
        return _passed_over(file, "wrong_type")
    if file.capabilities is not None and file.capabilities.can_download is False:
        return _passed_over(file, "not_downloadable")
    if file.mime_type == DOCUMENT:
        # Its size is that of something inside Google, and not of the export.
        return SourceFile(
            file_id=file.id, name=_with_suffix(file.name), revision=_version_of(file), handle=EXPORTED
        )
    if file.size is not None and file.size > most_bytes:
        return _passed_over(file, "too_large")
    if file.size == 0:
        return _passed_over(file, "empty")
    return SourceFile(file_id=file.id, name=file.name, revision=revision_of(file), size_bytes=file.size)


def target_of(file: DriveFile) -> str | None:
    """The file that a shortcut leads to; None for a shortcut to a folder, and for what is no shortcut."""
    details = file.shortcut_details
    if file.trashed or file.mime_type != SHORTCUT or details is None or details.target_mime_type == FOLDER:
        return None
    return details.target_id


def revision_of(file: DriveFile) -> str:
    """Of a file with content of its own."""
    if file.sha256_checksum:
        return f"sha256:{file.sha256_checksum.lower()}"
    if file.md5_checksum:
        return f"md5:{file.md5_checksum.lower()}"
    if file.head_revision_id:
        return f"revision:{file.head_revision_id}"
    return _version_of(file)


def _version_of(file: DriveFile) -> str:
    """It grows with everything about the file, its name included: where it is the same, so is the content. A
    file that has none has always changed."""
    return f"version:{file.version}" if file.version is not None else f"unknown:{token_hex(8)}"


def _may_be_a_resume(file: DriveFile) -> bool:
    """As its type goes, or its name where the type says nothing: Drive takes both from whoever uploads it."""
    media_type = file.mime_type.partition(";")[0].strip().lower()
    if media_type in _MEDIA_TYPES or media_type == DOCUMENT:
        return True
    is_of_unknown_type = media_type == "" or (
        media_type.startswith("application/") and not media_type.startswith("application/vnd.google-apps.")
    )
    return is_of_unknown_type and PurePosixPath(file.name.strip().lower()).suffix in _SUFFIXES


def _with_suffix(name: str) -> str:
    suffix = FileType.DOCX.extension
    return name if name.lower().endswith(suffix) else name + suffix


def _passed_over(file: DriveFile, reason: PassedOverReason) -> PassedOver:
    return PassedOver(file_id=file.id, name=file.name, reason=reason)
