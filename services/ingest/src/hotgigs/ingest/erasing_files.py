"""The rest of an erasure, outside of transactions: files, and dead letters. It may be done several times."""

from datetime import UTC, datetime

import structlog

from hotgigs.chassis import dead_letters
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.candidate_state import Erasure
from hotgigs.contracts.ingest.candidate_erased import CandidateErasedV1
from hotgigs.contracts.ingest.files_erased import FilesErasedV1
from hotgigs.contracts.ingest.resume_erased import ResumeErasedV1
from hotgigs.ingest import erasure_store
from hotgigs.ingest.batches import told_again
from hotgigs.ingest.dead_shares import subjects_of_dead_shares
from hotgigs.ingest.resources import Resources
from hotgigs.ingest.stored_files import delete_files

log = structlog.get_logger(__name__)


async def erase_files(event: CandidateErasedV1 | ResumeErasedV1, resources: Resources) -> None:
    """Raises DependencyDown, or FileNotDeleted."""
    erasure = event.erasure
    left = await resources.units_of_work.read(erasure_store.left_of, erasure.erasure_id)
    await delete_files(resources.blobs, erasure.resume_ids, left.blob_keys)
    subjects = erasure_store.subjects_of(erasure) | set(map(str, left.thinned_batch_ids))
    if erasure.candidate_ids:
        subjects |= await subjects_of_dead_shares(resources.bus, erasure.candidate_ids)
    discarded = await dead_letters.discard(resources.bus, subjects)
    log.info("files_erased", erasure_id=str(erasure.erasure_id), dead_letters=discarded)


async def confirm(erasure: Erasure, uow: UnitOfWork) -> None:
    """Others of a batch, who were in the same dead letters, are told of again."""
    now = datetime.now(UTC)
    left = await erasure_store.left_of(uow.connection, erasure.erasure_id)
    for batch in await told_again(uow.connection, left.thinned_batch_ids):
        uow.publish(batch)
    await erasure_store.put_files_erased(uow.connection, erasure.erasure_id, now)
    uow.publish(FilesErasedV1(erasure_id=erasure.erasure_id, at=now))
