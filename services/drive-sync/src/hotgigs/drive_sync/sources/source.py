"""The interface of all sources: what a provider needs to implement, and all that it needs.

A sync has one folder of one source. The first run sweeps: `Source.cursor` first, then `Source.children` of
the folder and of all folders in it. From then on runs ask `Source.changes` since that cursor, where the
source can tell; where it cannot, and where it has lost the cursor, they sweep again. Names and types are the
source's word; the content is checked when it has been fetched.
"""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from hotgigs.contracts.drive_grant import DriveGrant
from hotgigs.contracts.resume_state import Source as ResumeSource
from hotgigs.drive_sync.sources.entries import Changes, Page, SourceFile


class Source(Protocol):
    """One folder, read with one grant. Every method may raise GrantEnded and SourceAway; none blocks the
    event loop. Several may be under way at once."""

    @property
    def grant(self) -> DriveGrant | None:
        """As it is now: renewed while the source was used, it is to be kept in place of the one given."""

    async def cursor(self) -> str | None:
        """Where changes are counted from, as of now; None where the source cannot tell changes. Asked at the
        beginning of every run: raises FolderUnavailable where the folder of the source is not there, or in
        the trash."""

    async def children(self, folder_id: str, page: str | None) -> Page:
        """A page of what is directly in a folder; ``page`` is the `Page.next_page` before, and may be asked
        for again. Raises FolderUnavailable, and CursorLost where the page is known no longer: the folder is
        listed from its beginning then."""

    async def changes(self, cursor: str, page: str | None) -> Changes:
        """A page of what has changed since, the oldest first. Raises CursorLost."""

    def content(self, file: SourceFile) -> AsyncIterator[bytes]:
        """The file's bytes, in parts of at most some MiB, none of which is kept. Raises FileUnavailable,
        FileGone or NotDownloadable."""

    def content_digest(self, file: SourceFile, sha256: str) -> str:
        """What tells whether two contents of the file, of which one has this SHA-256, are the same."""

    def content_revision(self, file: SourceFile, sha256: str) -> str:
        """The revision of the content that has this SHA-256: the file may have been changed between its
        listing and its fetch. The listed one where that cannot be told."""


class Provider(Protocol):
    """Opens folders. ``resume_source`` is what their resumes are said to come from."""

    resume_source: ResumeSource

    def open(
        self, folder_id: str, grant: DriveGrant | None, *, owner: str
    ) -> AbstractAsyncContextManager[Source]:
        """``owner`` is whose quota it counts to: sources of the same owner share it."""
