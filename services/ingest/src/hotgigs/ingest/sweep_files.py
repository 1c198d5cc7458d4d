"""Loop: files that no resume names are deleted.

They are left by a gateway that died between storing a file and publishing its command, or that lost the
bus in between. A command can wait in its queue while ingest is away, so only what is old is touched.
"""

from datetime import UTC, datetime, timedelta

import obstore
import structlog
from obstore.store import ObjectStore

from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.ingest import store

log = structlog.get_logger(__name__)

PREFIX = "resumes/"
AGE = timedelta(days=30)
EVERY_S = 24 * 3600
PAGE = 1000


async def sweep_files(units_of_work: UnitsOfWork, blobs: ObjectStore, now: datetime | None = None) -> None:
    too_young = (now or datetime.now(UTC)) - AGE
    deleted = 0
    async for page in obstore.list(blobs, PREFIX, chunk_size=PAGE):
        keys = [blob["path"] for blob in page if blob["last_modified"] < too_young]
        if not keys:
            continue
        async with units_of_work.begin() as uow:
            named = await store.named_files(uow.connection, keys)
        for key in set(keys) - named:
            await obstore.delete_async(blobs, key)
            deleted += 1
    log.info("files_swept", deleted=deleted)
