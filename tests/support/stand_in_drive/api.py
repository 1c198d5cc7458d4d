"""The operations of the Drive API."""

from typing import Any

from support.stand_in_drive import changes, contents, listing, selection
from support.stand_in_drive.accounts import CONTENT_SCOPES, METADATA_SCOPES, Accounts
from support.stand_in_drive.behaviour import Behaviour
from support.stand_in_drive.errors import Refused, drive_not_found, invalid, not_found
from support.stand_in_drive.files import Files
from support.stand_in_drive.items import DOCUMENT, Item
from support.stand_in_drive.messages import Answer, Request, json_answer

_EXPORT_LIMIT = 10 * 1024 * 1024


def route(path: str) -> tuple[str, str | None] | None:
    """Whatever comes before: a client may be given any base address. None: no such operation."""
    parts = [part for part in path.split("/") if part]
    starts = [place for place, part in enumerate(parts) if part in ("files", "changes", "about", "drives")]
    if not starts:
        return None
    match parts[starts[0] :]:
        case ["files"]:
            return "files.list", None
        case ["files", item_id]:
            return "files.get", item_id
        case ["files", item_id, "export"]:
            return "files.export", item_id
        case ["changes"]:
            return "changes.list", None
        case ["changes", "startPageToken"]:
            return "changes.getStartPageToken", None
        case ["about"]:
            return "about.get", None
        case ["drives"]:
            return "drives.list", None
        case ["drives", drive_id]:
            return "drives.get", drive_id
    return None


class Api:
    def __init__(self, files: Files, accounts: Accounts, behaviour: Behaviour) -> None:
        self.files = files
        self.accounts = accounts
        self.behaviour = behaviour
        self._exports = 0

    def user_of(self, request: Request, operation: str) -> str:
        """Raises Refused."""
        scopes = CONTENT_SCOPES if operation in ("files.media", "files.export") else METADATA_SCOPES
        return self.accounts.user_of(request.headers.get("authorization"), scopes)

    def answer(self, request: Request, operation: str, item_id: str | None, mail: str) -> Answer:
        """Raises Refused."""
        match operation:
            case "files.list":
                return json_answer(listing.page(self.files, self.behaviour, request, mail))
            case "files.get":
                return self._file(request, item_id or "", mail)
            case "files.media":
                return self._content(request, item_id or "", mail)
            case "files.export":
                return self._export(request, item_id or "", mail)
            case "changes.getStartPageToken":
                return json_answer(changes.start(self.files, request, mail))
            case "changes.list":
                return json_answer(changes.page(self.files, self.behaviour, request, mail))
            case "about.get":
                return self._about(request, mail)
            case "drives.list":
                return self._drives(request, mail)
        return self._drive(request, item_id or "", mail)

    def _seen(self, request: Request, item_id: str, mail: str, *, any_drive: bool = False) -> Item:
        item = self.files.items.get(self.files.roots.get(mail, "") if item_id == "root" else item_id)
        if item is None or not self.files.sees(mail, item):
            raise not_found(item_id)
        if item.drive_id and not any_drive and not request.is_true("supportsAllDrives"):
            raise not_found(item_id)
        return item

    def _file(self, request: Request, item_id: str, mail: str) -> Answer:
        item = self._seen(request, item_id, mail)
        fields = request.query.get("fields", "kind,id,name,mimeType")
        return json_answer(selection.selected(self.files.shown(item, mail), fields, "File"))

    def _content(self, request: Request, item_id: str, mail: str) -> Answer:
        item = self._seen(request, item_id, mail)
        if item.is_native:
            raise Refused(
                403,
                "fileNotDownloadable",
                "Only files with binary content can be downloaded. Use Export with Docs Editors files.",
                location="alt",
            )
        if item.is_abusive and not request.is_true("acknowledgeAbuse"):
            raise Refused(
                403,
                "cannotDownloadAbusiveFile",
                "This file has been identified as malware or spam and cannot be downloaded.",
            )
        if not item.can_download:
            raise Refused(403, "cannotDownloadFile", "This file cannot be downloaded by the user.")
        return contents.answer(request, item)

    def _export(self, request: Request, item_id: str, mail: str) -> Answer:
        item = self._seen(request, item_id, mail, any_drive=True)
        mime_type = request.query.get("mimeType")
        if not mime_type:
            raise Refused(400, "required", "Required parameter: mimeType", location="mimeType")
        if item.mime_type != DOCUMENT:
            raise Refused(403, "fileNotExportable", "Export only supports Docs Editors files.")
        if not item.can_download:
            raise Refused(403, "cannotExportFile", "This file cannot be exported by the user.")
        content = item.exports.get(mime_type)
        if content is None:
            raise Refused(
                400, "badRequest", "The requested conversion is not supported.", location="convertTo"
            )
        if len(content) > _EXPORT_LIMIT:
            raise Refused(403, "exportSizeLimitExceeded", "This file is too large to be exported.")
        if self.behaviour.vary_exports:
            self._exports += 1
            content = _varied(content, self._exports)
        headers = {"Content-Type": mime_type, "Content-Disposition": "attachment"}
        return Answer(200, headers, content, item.item_id, begins=True, ends=True)

    def _about(self, request: Request, mail: str) -> Answer:
        fields = request.query.get("fields")
        if not fields:
            message = "The 'fields' parameter is required for this method."
            raise Refused(400, "required", message, location="fields")
        about = {
            "kind": "drive#about",
            "user": {"kind": "drive#user", "displayName": mail, "emailAddress": mail, "me": True},
            "storageQuota": {"limit": "16106127360", "usage": "0"},
        }
        return json_answer(selection.selected(about, fields, "About"))

    def _drives(self, request: Request, mail: str) -> Answer:
        listed = [_drive(of.drive_id, of.name) for of in self.files.drives.values() if mail in of.members]
        answer = {"kind": "drive#driveList", "drives": listed}
        return json_answer(selection.selected(answer, request.query.get("fields", "*"), "DriveList"))

    def _drive(self, request: Request, drive_id: str, mail: str) -> Answer:
        found = self.files.drives.get(drive_id)
        if found is None or mail not in found.members:
            raise drive_not_found(drive_id)
        fields = request.query.get("fields", "kind,id,name")
        return json_answer(selection.selected(_drive(drive_id, found.name), fields, "Drive"))


def _drive(drive_id: str, name: str) -> dict[str, Any]:
    return {"kind": "drive#drive", "id": drive_id, "name": name}


def _varied(content: bytes, number: int) -> bytes:
    """The same archive with another comment at its end."""
    if content[-22:-18] != b"PK\x05\x06":
        raise invalid("mimeType", "a document that is to vary must be a DOCX without a comment")
    comment = b"export %d" % number
    return content[:-2] + len(comment).to_bytes(2, "little") + comment
