"""One connection to a service's own tables, for a command beside the running system."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from hotgigs.chassis import database
from hotgigs.chassis.database import Connection
from hotgigs.chassis.service import AnyService
from hotgigs.chassis.settings import Settings


@asynccontextmanager
async def connection_to(service: AnyService, settings: Settings, url: str) -> AsyncIterator[Connection]:
    """As the service's role, in its schema. ``url`` is of the database of services that have none of
    their own."""
    own_url = settings.database_url_of(service.schema, url)
    pool = await database.open_pool(own_url, schema=service.schema, max_size=1)
    try:
        async with pool.acquire() as connection:
            yield connection
    finally:
        pool.terminate()
