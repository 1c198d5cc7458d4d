"""Loop: what came late of those who were erased is deleted.

An upload that was tried again can store a file, and a message that was being handled can die, after the
files and the dead letters were erased.
"""

from datetime import UTC, datetime, timedelta

import structlog

from hotgigs.chassis import dead_letters
from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.ingest import erasure_store
from hotgigs.ingest.resources import Resources
from hotgigs.ingest.stored_files import delete_files

log = structlog.get_logger(__name__)

EVERY_S = 6 * 3600
AGE = timedelta(days=30)
"""Of an erasure after which nothing is on its way any more."""


async def sweep_erased(units_of_work: UnitsOfWork, resources: Resources, now: datetime | None = None) -> None:
    since = (now or datetime.now(UTC)) - AGE
    erasures = await units_of_work.read(erasure_store.erasures_since, since)
    if not erasures:
        return
    await delete_files(resources.blobs, [each for erasure in erasures for each in erasure.resume_ids])
    subjects = {subject for erasure in erasures for subject in erasure_store.subjects_of(erasure)}
    discarded = await dead_letters.discard(resources.bus, subjects)
    log.info("erased_swept", erasures=len(erasures), dead_letters=discarded)
