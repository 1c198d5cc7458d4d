"""Which folder in Google Drive somebody means, by its id or by an address that they copied; pure."""

import re
from urllib.parse import parse_qs, urlsplit

HOST = "drive.google.com"

_ID = re.compile(r"[A-Za-z0-9_-]{1,200}")
_ALIASES = frozenset({"root", "appDataFolder", "photos"})
"""Which Google takes in the place of an id, and never tells as one."""


class NoFolder(ValueError):
    """What was sent names no folder in Google Drive."""


def folder_id_of(written: str) -> str:
    """The id, of an id or of an address as the page of a folder has it. Raises NoFolder."""
    written = written.strip()
    folder_id = _of_address(written) if "/" in written else written
    if _ID.fullmatch(folder_id) is None:
        raise NoFolder("folder_id: write a folder's id, or paste the address that it has in Google Drive.")
    if folder_id in _ALIASES:
        raise NoFolder("folder_id: choose a folder in the Drive; a whole Drive is not kept in sync.")
    return folder_id


def _of_address(address: str) -> str:
    """Nothing where none is in it."""
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
    except ValueError:
        return ""
    if parts.scheme not in ("https", "http") or parts.netloc.lower() != HOST:
        return ""
    segments = parts.path.split("/")
    if "folders" in segments:
        return "".join(segments[segments.index("folders") + 1 :][:1])
    return "".join(parse_qs(parts.query).get("id", [])[:1])
