"""What drive-sync works with beside its transactions."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from msgspec import Struct
from obstore.store import ObjectStore

from hotgigs.chassis.sealing import Sealing
from hotgigs.chassis.service import Runtime
from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.contracts import drive_grant
from hotgigs.drive_sync.runner import Runner
from hotgigs.drive_sync.settings import DriveSyncSettings
from hotgigs.drive_sync.sources.google_drive.provider import GoogleDrive
from hotgigs.drive_sync.sources.source import Provider
from hotgigs.drive_sync.sources.watched_folder import WatchedFolders


class Resources(Struct, frozen=True, kw_only=True):
    settings: DriveSyncSettings
    units_of_work: UnitsOfWork
    blobs: ObjectStore
    sealing: Sealing
    """Of grants."""
    providers: Mapping[str, Provider]
    """By the names that syncs call them by."""
    runner: Runner
    stopping: asyncio.Event
    """Set when the process drains: it takes no more runs."""


@asynccontextmanager
async def open_resources(runtime: Runtime[DriveSyncSettings]) -> AsyncIterator[Resources]:
    """Raises WeakKey or MissingSecret. On leaving, the runs that the process has are given back."""
    settings = runtime.settings
    runner = Runner(runtime.units_of_work, settings)
    google_drive = GoogleDrive(settings)
    try:
        yield Resources(
            settings=settings,
            units_of_work=runtime.units_of_work,
            blobs=runtime.blobs,
            sealing=settings.sealing(drive_grant.LABEL),
            providers={"google_drive": google_drive, "watched_folder": WatchedFolders(settings)},
            runner=runner,
            stopping=runtime.stopping,
        )
    finally:
        await runner.close()
        await google_drive.close()
