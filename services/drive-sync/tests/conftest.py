from collections.abc import AsyncIterator

import pytest
from support.drive_service import DriveService
from support.memory_source import MemoryDrive
from support.running_syncs import RunningSync

from hotgigs.chassis import database
from hotgigs.chassis.database import Pool


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[Pool]:
    """drive-sync's."""
    pool = await database.open_pool(database_url, schema="drive_sync", max_size=8)
    yield pool
    pool.terminate()


@pytest.fixture
async def drive(pool: Pool) -> DriveService:
    return DriveService(pool, watched_folders={"inbox": "memory:///"})


@pytest.fixture
def memory_drive() -> MemoryDrive:
    return MemoryDrive()


@pytest.fixture
async def sync(pool: Pool, memory_drive: MemoryDrive) -> RunningSync:
    """Of a folder in ``memory_drive``."""
    sync = RunningSync(pool, memory_drive)
    await sync.set_up()
    return sync
