"""The peer of the status read: a bare Litestar handler around the gateway's own query.

It answers the same, to anybody: no authentication, no ownership, no correlation, no log.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from litestar import Litestar, get
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from serving import open_pool, serve

from hotgigs.gateway import store
from hotgigs.gateway.status import ResumeStatus, status_of


@get("/{resume_id:uuid}/status")
async def status(resume_id: UUID, state: State) -> ResumeStatus:
    async with state.pool.acquire() as connection:
        row = await store.resume(connection, resume_id)
    if row is None:
        raise NotFoundException
    return status_of(row)


@asynccontextmanager
async def lifespan(app: Litestar) -> AsyncIterator[None]:
    app.state.pool = await open_pool()
    yield
    app.state.pool.terminate()


if __name__ == "__main__":
    serve(Litestar([status], lifespan=[lifespan], openapi_config=None, logging_config=None))
