from collections.abc import AsyncIterator

import pytest
from hypothesis import settings
from support.ingest_service import Ingest

from hotgigs.chassis import database
from hotgigs.chassis.database import Pool

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[Pool]:
    """Ingest's."""
    pool = await database.open_pool(database_url, schema="ingest", max_size=8)
    yield pool
    pool.terminate()


@pytest.fixture
def ingest(pool: Pool) -> Ingest:
    return Ingest(pool)
