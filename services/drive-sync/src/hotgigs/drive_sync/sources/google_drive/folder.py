"""One folder in Google Drive: the `hotgigs.drive_sync.sources.source.Source` of it."""

import asyncio
from collections.abc import AsyncIterator, Sequence

from msgspec.structs import replace

from hotgigs.contracts.drive_grant import DriveGrant
from hotgigs.drive_sync.sources.entries import (
    Change,
    Changes,
    Entry,
    Page,
    PassedOver,
    SourceFile,
    SourceFolder,
)
from hotgigs.drive_sync.sources.errors import CursorLost, FolderUnavailable, SourceAway
from hotgigs.drive_sync.sources.google_drive import downloads, queries
from hotgigs.drive_sync.sources.google_drive.client import DriveClient, DriveRefused
from hotgigs.drive_sync.sources.google_drive.drive_resources import (
    FILE_FIELDS,
    FOLDER,
    FOLDER_FIELDS,
    DriveChange,
    DriveFile,
)
from hotgigs.drive_sync.sources.google_drive.entries_of import EXPORTED, entry_of, target_of

_NO_FOLDER = (
    "The folder is not in Google Drive any more, is in the trash, or is not shared with you: choose another."
)
_NOT_A_FOLDER = "What was chosen in Google Drive is not a folder: choose another."
_REFUSED = "Google Drive refused to list the folder. The next run tries again."

_MOST_DIGESTS = 1000


class GoogleDriveFolder:
    def __init__(self, client: DriveClient, folder_id: str, *, page_size: int, most_bytes: int) -> None:
        self._client = client
        self._folder_id = folder_id
        self._page_size = page_size
        self._most_bytes = most_bytes
        self._folder: DriveFile | None = None
        self._looking = asyncio.Lock()
        self._digests: dict[str, str] = {}

    @property
    def grant(self) -> DriveGrant | None:
        return self._client.access.grant

    async def cursor(self) -> str | None:
        """Raises FolderUnavailable."""
        folder = await self._look()
        try:
            token = await self._client.call(queries.get_start_page_token(folder.drive_id))
        except DriveRefused:
            raise FolderUnavailable(_NO_FOLDER) from None
        return token.start_page_token

    async def children(self, folder_id: str, page: str | None) -> Page:
        """Raises FolderUnavailable and CursorLost."""
        own = await self._known()
        try:
            listed = await self._client.call(
                queries.list_children(folder_id, drive_id=own.drive_id, page=page, page_size=self._page_size)
            )
        except DriveRefused as err:
            if err.refusal.status == 400 and page is not None:
                raise CursorLost("Google Drive does not know the page any more.") from None
            if err.refusal.status in {403, 404}:
                raise FolderUnavailable(_NO_FOLDER) from None
            raise SourceAway(_REFUSED) from None
        return Page(entries=await self._entries_of(listed.files), next_page=listed.next_page_token)

    async def changes(self, cursor: str, page: str | None) -> Changes:
        """Raises CursorLost, and FolderUnavailable where it is the first that is asked for."""
        own = await self._known()
        try:
            listed = await self._client.call(
                queries.list_changes(page or cursor, drive_id=own.drive_id, page_size=self._page_size)
            )
        except DriveRefused as err:
            if err.refusal.status in {400, 404, 410}:
                raise CursorLost("Google Drive knows no more what has changed since the last run.") from None
            raise SourceAway(_REFUSED) from None
        if listed.next_page_token is None and listed.new_start_page_token is None:
            raise CursorLost("Google Drive does not say where its changes end.")
        return Changes(
            changes=await self._changes_of(listed.changes),
            next_page=listed.next_page_token,
            cursor=listed.new_start_page_token,
        )

    async def content(self, file: SourceFile) -> AsyncIterator[bytes]:
        if file.handle != EXPORTED:
            async for part in downloads.download(self._client, file):
                yield part
            return
        exported = await downloads.export(self._client, file)
        if exported.digest is not None:
            self._remember(exported.sha256, exported.digest)
        for start in range(0, len(exported.content), downloads.PART_BYTES):
            yield exported.content[start : start + downloads.PART_BYTES]

    def content_digest(self, file: SourceFile, sha256: str) -> str:
        """Of an export, which is never twice the same, the digest of its parts."""
        return self._digests.get(sha256, sha256) if file.handle == EXPORTED else sha256

    def content_revision(self, file: SourceFile, sha256: str) -> str:
        return f"sha256:{sha256}" if file.revision.startswith("sha256:") else file.revision

    def _remember(self, sha256: str, digest: str) -> None:
        while len(self._digests) >= _MOST_DIGESTS:
            del self._digests[next(iter(self._digests))]
        self._digests[sha256] = digest

    async def _known(self) -> DriveFile:
        """The folder, as it was when it was last looked at. Raises FolderUnavailable."""
        async with self._looking:
            return self._folder or await self._look()

    async def _look(self) -> DriveFile:
        """The folder, as it is. Raises FolderUnavailable."""
        try:
            folder = await self._client.call(queries.get_file(self._folder_id, FOLDER_FIELDS))
        except DriveRefused:
            raise FolderUnavailable(_NO_FOLDER) from None
        if folder.trashed:
            raise FolderUnavailable(_NO_FOLDER)
        if folder.mime_type != FOLDER:
            raise FolderUnavailable(_NOT_A_FOLDER)
        if folder.drive_id is not None and not await self._is_member_of(folder.drive_id):
            folder = replace(folder, drive_id=None)
        self._folder = folder
        return folder

    async def _is_member_of(self, drive_id: str) -> bool:
        """Who was given a folder of a shared drive alone may not ask for the drive: such a folder is listed
        as others that are shared with the user, and its changes are in the user's own log."""
        try:
            await self._client.call(queries.get_start_page_token(drive_id))
        except DriveRefused:
            return False
        return True

    async def _changes_of(self, listed: list[DriveChange]) -> list[Change]:
        """Of files and folders: a change of a shared drive's name is none."""
        of_files = [change for change in listed if change.change_type == "file" and change.file_id]
        there = [file for change in of_files if (file := _file_of(change)) is not None]
        entries = dict(zip(there, await self._entries_of(there), strict=True))
        return [self._change_of(change, entries) for change in of_files]

    def _change_of(self, change: DriveChange, entries: dict[DriveFile, Entry]) -> Change:
        item_id = str(change.file_id)
        file = _file_of(change)
        if file is None:
            return Change(item_id=item_id, reason="removed")
        parent_ids = self._parents_of(file)
        if file.trashed:
            return Change(item_id=item_id, parent_ids=parent_ids, reason="trashed")
        return Change(item_id=item_id, parent_ids=parent_ids, entry=entries[file])

    async def _entries_of(self, files: Sequence[DriveFile]) -> list[Entry]:
        """One each, in their order. A shortcut is the file that it leads to, which may be there as well."""
        entries = [entry_of(file, most_bytes=self._most_bytes) for file in files]
        shortcuts = [(place, id_) for place, file in enumerate(files) if (id_ := target_of(file)) is not None]
        looks = [asyncio.create_task(self._led_to(id_, files[place].id)) for place, id_ in shortcuts]
        try:
            for (place, _), target in zip(shortcuts, await asyncio.gather(*looks), strict=True):
                entries[place] = target or entries[place]
        finally:
            for look in looks:
                look.cancel()
        return entries

    async def _led_to(self, target_id: str, shortcut_id: str) -> SourceFile | PassedOver | None:
        """None for a folder and for what cannot be seen."""
        try:
            target = await self._client.call(queries.get_file(target_id, FILE_FIELDS))
        except DriveRefused:
            return None
        entry = entry_of(target, most_bytes=self._most_bytes)
        return None if isinstance(entry, SourceFolder) else replace(entry, shortcut_id=shortcut_id)

    def _parents_of(self, file: DriveFile) -> tuple[str, ...]:
        """The sync's own folder under the name that the sync has for it, which may be an alias."""
        own_id = self._folder.id if self._folder is not None else None
        return tuple(self._folder_id if parent == own_id else parent for parent in file.parents or ())


def _file_of(change: DriveChange) -> DriveFile | None:
    return None if change.removed else change.file
