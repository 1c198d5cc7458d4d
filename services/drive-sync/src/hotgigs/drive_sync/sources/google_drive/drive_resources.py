"""What the Drive API answers, as far as it is asked for (docs: REST resources files and changes, v3)."""

from typing import Any, TypeVar

import msgspec
from msgspec import Struct

FOLDER = "application/vnd.google-apps.folder"
SHORTCUT = "application/vnd.google-apps.shortcut"
DOCUMENT = "application/vnd.google-apps.document"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

CHECKSUM_FIELDS = "sha256Checksum,md5Checksum"
FILE_FIELDS = (
    f"id,name,mimeType,size,{CHECKSUM_FIELDS},headRevisionId,version,trashed,capabilities/canDownload,"
    "shortcutDetails(targetId,targetMimeType)"
)
FOLDER_FIELDS = "id,mimeType,trashed,driveId"

_R = TypeVar("_R")


class Capabilities(Struct, frozen=True, rename="camel"):
    can_download: bool | None = None


class ShortcutDetails(Struct, frozen=True, rename="camel"):
    target_id: str | None = None
    target_mime_type: str = ""


class DriveFile(Struct, frozen=True, kw_only=True, rename="camel"):
    """Also a folder or a shortcut."""

    id: str
    name: str = ""
    mime_type: str = ""
    size: int | None = None
    sha256_checksum: str | None = msgspec.field(default=None, name="sha256Checksum")
    md5_checksum: str | None = msgspec.field(default=None, name="md5Checksum")
    head_revision_id: str | None = None
    version: int | None = None
    trashed: bool = False
    capabilities: Capabilities | None = None
    shortcut_details: ShortcutDetails | None = None
    parents: tuple[str, ...] | None = None
    drive_id: str | None = None
    """Of the shared drive that it is in."""


class FileList(Struct, frozen=True, kw_only=True, rename="camel"):
    files: list[DriveFile] = []
    next_page_token: str | None = None


class DriveChange(Struct, frozen=True, kw_only=True, rename="camel"):
    change_type: str = "file"
    removed: bool = False
    file_id: str | None = None
    file: DriveFile | None = None


class ChangeList(Struct, frozen=True, kw_only=True, rename="camel"):
    changes: list[DriveChange] = []
    next_page_token: str | None = None
    new_start_page_token: str | None = None


class StartPageToken(Struct, frozen=True, kw_only=True, rename="camel"):
    start_page_token: str


def read(answer: Any, resource: type[_R]) -> _R:
    """Raises msgspec.ValidationError. Google writes long integers as strings."""
    return msgspec.convert(answer, type=resource, strict=False)
