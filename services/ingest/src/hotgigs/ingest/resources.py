"""What ingest works with beside its database: the object store."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from obstore.store import ObjectStore

from hotgigs.chassis.service import Runtime
from hotgigs.chassis.settings import Settings


@asynccontextmanager
async def open_resources(runtime: Runtime[Settings]) -> AsyncIterator[ObjectStore]:
    yield runtime.blobs
