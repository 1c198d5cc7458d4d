from collections.abc import AsyncIterator

import pytest
from support.drive_service import DriveService

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
