from collections.abc import AsyncIterator

import pytest
from support.notifier_service import NotifierService

from hotgigs.chassis import database
from hotgigs.chassis.database import Pool


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[Pool]:
    """The notifier's."""
    pool = await database.open_pool(database_url, schema="notifier", max_size=8)
    yield pool
    pool.terminate()


@pytest.fixture
async def notifier(pool: Pool, database_url: str) -> NotifierService:
    return NotifierService(pool, database_url)
