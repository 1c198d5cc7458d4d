"""Where a watched folder can be."""

from collections.abc import AsyncIterator
from typing import Literal, NamedTuple, Protocol

PAGE = 1000
"""Of what is in a folder, at most: as many as an object store gives at once."""


class Found(NamedTuple):
    """What is in a folder. ``path`` is from the watched folder, with slashes."""

    path: str
    kind: Literal["file", "folder", "link", "other"]
    revision: str = ""
    size_bytes: int = 0


class Place(Protocol):
    async def page(self, path: str, after: str | None) -> tuple[list[Found], str | None]:
        """At most `PAGE` of what is in the folder at ``path``, "" for the watched one, and after what to ask
        on; None at the end. Raises FolderUnavailable and SourceAway."""

    def content(self, path: str) -> AsyncIterator[bytes]:
        """Raises FileGone, FileUnavailable, NotDownloadable and SourceAway; no other errors of the system,
        which would be taken for those of whoever reads it."""
