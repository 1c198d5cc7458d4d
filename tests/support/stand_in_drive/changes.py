"""changes.getStartPageToken and changes.list.

As in Google's log a file is told once, where it changed last, and a folder's own change says nothing of what
is in it. A user's log and each shared drive's are told apart by their page tokens.
"""

import bisect
from typing import Any

from support.stand_in_drive import selection
from support.stand_in_drive.behaviour import Behaviour
from support.stand_in_drive.errors import Refused, drive_not_found, invalid
from support.stand_in_drive.files import DRIVE_ITSELF, Files, LogEntry
from support.stand_in_drive.items import written
from support.stand_in_drive.listing import page_size
from support.stand_in_drive.messages import Request

_DEFAULT = (
    "kind,nextPageToken,newStartPageToken,"
    "changes(kind,type,changeType,time,removed,fileId,file(kind,id,name,mimeType))"
)


def start(files: Files, request: Request, mail: str) -> dict[str, Any]:
    drive_id = _log_of(files, request, mail)
    token = _token(files.next_number, drive_id)
    answer = {"kind": "drive#startPageToken", "startPageToken": token}
    return selection.selected(answer, request.query.get("fields", "kind,startPageToken"), "StartPageToken")


def page(files: Files, behaviour: Behaviour, request: Request, mail: str) -> dict[str, Any]:
    """Raises Refused."""
    asked = request.query
    drive_id = _log_of(files, request, mail)
    size = page_size(request, behaviour.max_changes_page_size, 100)
    begin = _number(files, asked.get("pageToken"), drive_id)
    all_drives = request.is_true("includeItemsFromAllDrives") and request.is_true("supportsAllDrives")
    in_user_log = all_drives and behaviour.user_log_has_shared_drives
    told: list[dict[str, Any]] = []
    next_page = None
    for entry in files.log[bisect.bisect_left(files.log, begin, key=lambda each: each.number) :]:
        if files.latest[entry.item_id] != entry.number:
            continue
        if entry.item_id.startswith(DRIVE_ITSELF) and not request.is_true("supportsAllDrives"):
            continue
        change = _told(files, entry, mail, drive_id, in_user_log=in_user_log)
        if change is None or (change["removed"] and asked.get("includeRemoved") == "false"):
            continue
        if len(told) == size:
            next_page = _token(entry.number, drive_id)
            break
        told.append(change)
    answer: dict[str, Any] = {"kind": "drive#changeList", "changes": told}
    if next_page:
        answer["nextPageToken"] = next_page
    else:
        answer["newStartPageToken"] = _token(files.next_number, drive_id)
    return selection.selected(answer, asked.get("fields", _DEFAULT), "ChangeList")


def _log_of(files: Files, request: Request, mail: str) -> str | None:
    """The shared drive's, or None for the user's. Raises Refused."""
    drive_id = request.query.get("driveId")
    if not drive_id:
        return None
    if not request.is_true("supportsAllDrives"):
        message = "A shared drive needs supportsAllDrives."
        raise Refused(403, "teamDrivesParameterInvalid", message, location="supportsAllDrives")
    if drive_id not in files.drives or mail not in files.drives[drive_id].members:
        raise drive_not_found(drive_id)
    return drive_id


def _told(
    files: Files, entry: LogEntry, mail: str, drive_id: str | None, *, in_user_log: bool
) -> dict[str, Any] | None:
    if entry.item_id.startswith(DRIVE_ITSELF):
        return _drive_told(files, entry, mail, drive_id)
    item = files.items.get(entry.item_id)
    is_seen = item is not None and files.sees(mail, item)
    if drive_id is not None:
        if drive_id not in entry.drive_ids:
            return None
        is_seen = is_seen and item is not None and item.drive_id == drive_id
    else:
        is_seen = is_seen and item is not None and (item.drive_id is None or in_user_log)
        was_seen = mail in entry.seen_by or (
            in_user_log and any(mail in files.drives[drive_id].members for drive_id in entry.drive_ids)
        )
        if not is_seen and not was_seen:
            return None
    change: dict[str, Any] = {
        "kind": "drive#change",
        "type": "file",
        "changeType": "file",
        "time": written(entry.time),
        "removed": not is_seen,
        "fileId": entry.item_id,
    }
    if is_seen and item is not None:
        change["file"] = files.shown(item, mail)
    return change


def _drive_told(files: Files, entry: LogEntry, mail: str, log_of: str | None) -> dict[str, Any] | None:
    """Without a file: who reads the log must know them apart."""
    shared = files.drives[entry.item_id.removeprefix(DRIVE_ITSELF)]
    is_member = mail in shared.members
    if log_of not in (None, shared.drive_id) or not (is_member or mail in entry.seen_by):
        return None
    change: dict[str, Any] = {
        "kind": "drive#change",
        "type": "teamDrive",
        "changeType": "drive",
        "time": written(entry.time),
        "removed": not is_member,
        "driveId": shared.drive_id,
    }
    if is_member:
        change["drive"] = {"kind": "drive#drive", "id": shared.drive_id, "name": shared.name}
    return change


def _token(number: int, drive_id: str | None) -> str:
    return str(number) if drive_id is None else f"~{drive_id}~{number}"


def _number(files: Files, token: str | None, drive_id: str | None) -> int:
    if not token:
        raise Refused(400, "required", "Required parameter: pageToken", location="pageToken")
    of, _, place = token.rpartition("~")
    if of != ("" if drive_id is None else f"~{drive_id}") or not place.isdigit():
        raise invalid("pageToken")
    number = int(place)
    if not 1 <= number <= files.next_number:
        raise invalid("pageToken")
    if number < files.log_starts_at:
        if files.lost_status == 410:
            raise Refused(410, "fullSyncRequired", "Page token is no longer valid.", location="pageToken")
        raise invalid("pageToken")
    return number
