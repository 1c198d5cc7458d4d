"""What is in a drive."""

import hashlib
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

FOLDER = "application/vnd.google-apps.folder"
SHORTCUT = "application/vnd.google-apps.shortcut"
DOCUMENT = "application/vnd.google-apps.document"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Item(Struct, kw_only=True, eq=False):
    """A file, folder, shortcut or document of Google's own; the last has ``exports`` for content."""

    item_id: str
    name: str
    mime_type: str
    created: datetime
    modified: datetime
    parent_id: str | None = None
    owner: str | None = None
    """None in a shared drive."""
    drive_id: str | None = None
    content: bytes = b""
    md5: str = ""
    sha256: str = ""
    revision_id: str = ""
    exports: dict[str, bytes] = {}
    target_id: str | None = None
    target_mime_type: str | None = None
    is_trashed: bool = False
    can_download: bool = True
    is_abusive: bool = False
    shared_with: set[str] = set()
    version: int = 1
    placed: int = 0
    """Grows with every item that comes into a folder."""

    @property
    def is_native(self) -> bool:
        return self.mime_type.startswith("application/vnd.google-apps.")

    def fill(self, content: bytes, revision_id: str) -> None:
        self.content = content
        self.revision_id = revision_id
        self.md5 = hashlib.md5(content, usedforsecurity=False).hexdigest()
        self.sha256 = hashlib.sha256(content).hexdigest()


def written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def resource(item: Item, mail: str, *, is_trashed: bool, shows_parent: bool) -> dict[str, Any]:
    """As the API gives the whole of it to a user; ``is_trashed`` counts the folders above."""
    is_owner = item.owner == mail
    can_download = item.can_download and item.mime_type not in (FOLDER, SHORTCUT)
    shown: dict[str, Any] = {
        "kind": "drive#file",
        "id": item.item_id,
        "name": item.name,
        "mimeType": item.mime_type,
        "starred": False,
        "trashed": is_trashed,
        "explicitlyTrashed": item.is_trashed,
        "spaces": ["drive"],
        "version": str(item.version),
        "createdTime": written(item.created),
        "modifiedTime": written(item.modified),
        "ownedByMe": is_owner,
        "shared": bool(item.shared_with) or item.drive_id is not None,
        "viewersCanCopyContent": item.can_download,
        "copyRequiresWriterPermission": not item.can_download,
        "capabilities": {"canDownload": can_download, "canEdit": is_owner, "canCopy": can_download},
    }
    if shows_parent and item.parent_id:
        shown["parents"] = [item.parent_id]
    if item.drive_id:
        shown |= {"driveId": item.drive_id, "teamDriveId": item.drive_id}
    if item.owner:
        owner = {"kind": "drive#user", "emailAddress": item.owner, "displayName": item.owner, "me": is_owner}
        shown["owners"] = [owner]
    if item.target_id:
        shown["shortcutDetails"] = {"targetId": item.target_id, "targetMimeType": item.target_mime_type}
    if item.exports:
        shown["size"] = str(max(len(content) for content in item.exports.values()))
        shown["exportLinks"] = dict.fromkeys(item.exports, "")
    if not item.is_native:
        extension = item.name.rpartition(".")[2] if "." in item.name else ""
        shown |= {
            "size": str(len(item.content)),
            "quotaBytesUsed": str(len(item.content)),
            "md5Checksum": item.md5,
            "sha256Checksum": item.sha256,
            "headRevisionId": item.revision_id,
            "originalFilename": item.name,
            "fullFileExtension": extension,
            "fileExtension": extension,
        }
    return shown
