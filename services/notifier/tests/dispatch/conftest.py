from collections.abc import AsyncIterator

import pytest
from support.dispatching import DispatchingNotifier, Receiver

from hotgigs.chassis.database import Pool


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with Receiver().serving(hosts=8) as receiver:
        yield receiver


@pytest.fixture
async def notifier(pool: Pool, database_url: str, receiver: Receiver) -> DispatchingNotifier:
    return DispatchingNotifier(pool, database_url, receiver)
