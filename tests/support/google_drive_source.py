"""A folder of the stand-in Drive, opened as drive-sync opens it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from support.stand_in_drive import StandInDrive

from hotgigs.contracts.drive_grant import DriveGrant
from hotgigs.drive_sync.settings import DriveSyncSettings
from hotgigs.drive_sync.sources.entries import Change, Entry, SourceFile
from hotgigs.drive_sync.sources.google_drive.clock import Clock
from hotgigs.drive_sync.sources.google_drive.folder import GoogleDriveFolder
from hotgigs.drive_sync.sources.google_drive.provider import GoogleDrive

BACK_OFF_SECONDS = 0.5
"""Sleeps from here on are not those between requests of a quota."""


class HurriedClock(Clock):
    """Sleeps take no time and are remembered."""

    def __init__(self) -> None:
        self.slept = 0.0
        self.sleeps: list[float] = []

    def now(self) -> float:
        return super().now() + self.slept

    async def sleep(self, seconds: float) -> None:
        self.slept += seconds
        self.sleeps.append(seconds)
        await asyncio.sleep(0)

    @property
    def waits(self) -> list[float]:
        return [seconds for seconds in self.sleeps if seconds >= BACK_OFF_SECONDS]


class Drives:
    """Opens folders of one stand-in; closed with it."""

    def __init__(self, drive: StandInDrive) -> None:
        self.drive = drive
        self.clock = HurriedClock()
        self.providers: list[GoogleDrive] = []

    def settings(self, **changes: Any) -> DriveSyncSettings:
        given = {
            "drive_api_endpoint": self.drive.url,
            "google_token_uri": self.drive.token_uri,
            "drive_page_size": 3,
            "drive_timeout_seconds": 10.0,
        }
        return DriveSyncSettings(**given | changes)

    def provider(self, *, clock: Clock | None = None, **changes: Any) -> GoogleDrive:
        provider = GoogleDrive(self.settings(**changes), clock or self.clock)
        self.providers.append(provider)
        return provider

    def grant(self, *, is_expired: bool = False, **changes: Any) -> DriveGrant:
        """That the stand-in gives to ``OWNER``."""
        granted = self.drive.accounts.grant(**changes)
        lasts = timedelta(seconds=-60 if is_expired else granted.expires_in_s)
        return DriveGrant(
            access_token=granted.access_token,
            refresh_token=granted.refresh_token,
            expires_at=datetime.now(UTC) + lasts,
        )

    @asynccontextmanager
    async def open(
        self, folder_id: str, grant: DriveGrant | None = None, *, owner: str = "somebody", **changes: Any
    ) -> AsyncIterator[GoogleDriveFolder]:
        provider = self.provider(**changes)
        async with provider.open(folder_id, grant or self.grant(), owner=owner) as folder:
            yield folder

    async def close(self) -> None:
        for provider in self.providers:
            await provider.close()


async def all_children(folder: GoogleDriveFolder, folder_id: str) -> list[Entry]:
    page = await folder.children(folder_id, None)
    entries = list(page.entries)
    while page.next_page is not None:
        page = await folder.children(folder_id, page.next_page)
        entries += page.entries
    return entries


async def all_changes(folder: GoogleDriveFolder, cursor: str) -> tuple[list[Change], str]:
    """And the cursor to ask from next time."""
    page = await folder.changes(cursor, None)
    changes = list(page.changes)
    while page.next_page is not None:
        assert page.cursor is None
        page = await folder.changes(cursor, page.next_page)
        changes += page.changes
    assert page.cursor is not None
    return changes, page.cursor


async def content_of(folder: GoogleDriveFolder, file: SourceFile) -> bytes:
    return b"".join([part async for part in folder.content(file)])


async def file_in(folder: GoogleDriveFolder, folder_id: str) -> SourceFile:
    """The only one."""
    (file,) = await all_children(folder, folder_id)
    assert isinstance(file, SourceFile)
    return file
