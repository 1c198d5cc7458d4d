"""files.list."""

from typing import Any

from support.stand_in_drive import page_tokens, queries, selection
from support.stand_in_drive.behaviour import Behaviour
from support.stand_in_drive.errors import Refused, drive_not_found, invalid
from support.stand_in_drive.files import Files
from support.stand_in_drive.items import Item
from support.stand_in_drive.messages import Request

_DEFAULT = "kind,incompleteSearch,nextPageToken,files(kind,id,name,mimeType,driveId,teamDriveId)"
_ORDERS = {
    "name": lambda item: item.name.casefold(),
    "createdTime": lambda item: item.created,
    "modifiedTime": lambda item: item.modified,
    "folder": lambda item: not item.mime_type.endswith(".folder"),
}


def page_size(request: Request, limit: int, default: int) -> int:
    """Raises Refused."""
    asked = request.query.get("pageSize", str(default))
    if not asked.isdigit() or not 1 <= int(asked) <= 1000:
        raise invalid("pageSize", f"Invalid value '{asked}'. Values must be within the range: [1, 1000]")
    return min(int(asked), limit)


def page(files: Files, behaviour: Behaviour, request: Request, mail: str) -> dict[str, Any]:
    """Raises Refused."""
    asked = dict(request.query)
    size = page_size(request, behaviour.max_page_size, 100)
    question = page_tokens.question(mail, asked)
    after = page_tokens.position(asked["pageToken"], question) if asked.get("pageToken") else 0
    found = _in_order(_candidates(files, request, mail), asked.get("orderBy"))
    is_ordered = bool(asked.get("orderBy"))

    taken: list[Item] = []
    next_page = None
    for place, item in enumerate(found, 1):
        position = place if is_ordered else item.placed
        if position <= after:
            continue
        if len(taken) == size:
            last = place - 1 if is_ordered else taken[-1].placed
            next_page = page_tokens.written(question, last)
            break
        taken.append(item)
    answer: dict[str, Any] = {
        "kind": "drive#fileList",
        "incompleteSearch": False,
        "files": [files.shown(item, mail) for item in taken],
    }
    if next_page:
        answer["nextPageToken"] = next_page
    return selection.selected(answer, asked.get("fields", _DEFAULT), "FileList")


def _candidates(files: Files, request: Request, mail: str) -> list[Item]:
    asked = request.query
    query = queries.parse(asked.get("q"))
    corpora, drive_id = asked.get("corpora", "user"), asked.get("driveId")
    all_drives, supports = request.is_true("includeItemsFromAllDrives"), request.is_true("supportsAllDrives")
    if (corpora == "drive") != bool(drive_id):
        message = "The driveId parameter must be specified if and only if corpora is set to drive."
        raise Refused(400, "invalidParameter", message, location="driveId")
    if corpora not in ("user", "drive", "allDrives", "domain"):
        raise invalid("corpora")
    if (all_drives or corpora in ("drive", "allDrives")) and not (supports and all_drives):
        message = "Shared drives need both includeItemsFromAllDrives and supportsAllDrives."
        raise Refused(403, "teamDrivesParameterInvalid", message, location="supportsAllDrives")
    if drive_id and (drive_id not in files.drives or mail not in files.drives[drive_id].members):
        raise drive_not_found(drive_id)
    if query.parent_id is not None:
        folder = files.items.get(query.parent_id)
        if folder is None or not files.sees(mail, folder):
            # What Google says of a folder that is not there, or not to be seen.
            raise Refused(404, "notFound", "File not found: .", location="fileId")
        pool = list(files.children.get(query.parent_id, {}).values())
    else:
        pool = sorted(
            (item for item in files.items.values() if item.parent_id is not None),
            key=lambda item: item.placed,
        )
    context = queries.Asked(mail, files.roots.get(mail, ""), files.is_trashed)
    return [
        item
        for item in pool
        if (all_drives or item.drive_id is None)
        and (drive_id is None or item.drive_id == drive_id)
        and query.matches(item, context)
        and files.sees(mail, item)
    ]


def _in_order(items: list[Item], order: str | None) -> list[Item]:
    """Without an order: as they came into their folders. Raises Refused."""
    for key in reversed((order or "").split(",")):
        name, _, direction = key.strip().partition(" ")
        if not name:
            continue
        if name not in _ORDERS or direction not in ("", "desc"):
            raise invalid("orderBy")
        items = sorted(items, key=_ORDERS[name], reverse=direction == "desc")
    return items
