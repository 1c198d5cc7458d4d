"""The bytes of a file: whole, or the range that was asked for."""

import re

from support.stand_in_drive.items import Item
from support.stand_in_drive.messages import Answer, Request

_RANGE = re.compile(r"bytes=(\d*)-(\d*)$")


def answer(request: Request, item: Item) -> Answer:
    content = item.content
    size = len(content)
    headers = {
        "Content-Type": item.mime_type,
        "Content-Disposition": "attachment",
        "Accept-Ranges": "bytes",
        "ETag": f'"{item.md5}"',
        "X-Goog-Hash": f"md5={item.md5}",
    }
    asked = _RANGE.fullmatch(request.headers.get("range", ""))
    if_range = request.headers.get("if-range")
    if asked is None or asked.groups() == ("", "") or (if_range and if_range != headers["ETag"]):
        return Answer(200, headers, content, item.item_id, begins=True, ends=True)
    first, last = asked.groups()
    if first == "":
        start, stop = max(size - int(last), 0), size
    else:
        start, stop = int(first), min(int(last) + 1, size) if last else size
    if start >= stop:
        headers["Content-Range"] = f"bytes */{size}"
        # A file of no bytes has been fetched all the same.
        return Answer(416, headers, b"", item.item_id, begins=size == 0, ends=size == 0)
    headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    return Answer(206, headers, content[start:stop], item.item_id, begins=start == 0, ends=stop == size)
