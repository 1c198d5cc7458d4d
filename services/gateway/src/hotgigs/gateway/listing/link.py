"""The Link header of a page (RFC 8288), with addresses relative to the server."""

from collections.abc import Sequence
from urllib.parse import urlencode

from hotgigs.gateway.listing.cursor import Cursor

Query = Sequence[tuple[str, str]]


def link_of(path: str, query: Query, *, following: Cursor | None, preceding: Cursor | None) -> str | None:
    """``query`` is that of the request, whose own place in the list is left out. None without links."""
    kept = [(name, value) for name, value in query if name not in ("skip", "cursor")]
    links = [
        f'<{path}?{urlencode([*kept, ("cursor", cursor.encoded())])}>; rel="{name}"'
        for name, cursor in (("prev", preceding), ("next", following))
        if cursor is not None
    ]
    return ", ".join(links) or None
