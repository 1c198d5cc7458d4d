"""All of a list, a page at a time."""

from collections.abc import AsyncIterator, Sequence

import msgspec
from asyncpg import Record

from hotgigs.chassis.database import Pool
from hotgigs.gateway.listing.filters import Filters
from hotgigs.gateway.listing.store import Place, Scope, cursors, page

PAGE = 500


async def pages(pool: Pool, scope: Scope, filters: Filters, place: Place) -> AsyncIterator[Sequence[Record]]:
    """Each is read when it is asked for; in between no connection is held. What is added meanwhile may be
    among them, what stays is there once."""
    at: Place | None = msgspec.structs.replace(place, limit=PAGE)
    while at is not None:
        async with pool.acquire() as connection:
            found = await page(connection, scope, filters, at, is_counted=False)
        yield found.rows
        following, _ = cursors(found, at)
        at = msgspec.structs.replace(at, cursor=following, skip=0) if following else None
