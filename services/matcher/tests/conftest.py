from collections.abc import AsyncIterator

import pytest
from support.matcher_service import Matcher

from hotgigs.chassis import database
from hotgigs.chassis.database import Pool
from hotgigs.matcher.shortlists import Rules


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[Pool]:
    """The matcher's."""
    pool = await database.open_pool(database_url, schema="matcher", max_size=8)
    yield pool
    pool.terminate()


@pytest.fixture
def rules() -> Rules:
    return Rules(length=3, floor=30.0)


@pytest.fixture
async def matcher(pool: Pool, rules: Rules) -> AsyncIterator[Matcher]:
    matcher = Matcher(pool, rules)
    yield matcher
    matcher.resources.matching.threads.shutdown()
