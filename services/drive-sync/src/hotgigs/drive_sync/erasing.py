"""What drive-sync does when somebody is erased; it may be told several times."""

from collections.abc import Set

import msgspec

from hotgigs.chassis import outbox
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.candidate_state import Erasure
from hotgigs.contracts.drive_sync.drive_files_forgotten import DriveFilesForgottenV1
from hotgigs.contracts.drive_sync.drive_run_progressed import DriveRunProgressedV1
from hotgigs.contracts.message import Message
from hotgigs.drive_sync import erasure_store, sync_store
from hotgigs.drive_sync.telling import tell


async def erase(erasure: Erasure, uow: UnitOfWork) -> None:
    """Runs that told of the files as errors are told without them; the files are not taken in again."""
    connection = uow.connection
    digests = await erasure_store.origins_of(connection, erasure.resume_ids)
    if digests:
        # Whoever submits a file of this database now has asked before whether it is erased, or will be told.
        sync_ids = await erasure_store.syncs_in(connection, erasure.database_id)
        await sync_store.lock(connection, sync_ids)
        await erasure_store.bury(connection, digests)
        files = await erasure_store.files_of(connection, erasure.resume_ids)
        resume_ids, run_ids = await erasure_store.remove(connection, files)
        await erasure_store.forget_origins(connection, erasure.resume_ids)
        await outbox.forget(connection, map(str, resume_ids))
        gone = frozenset(file_id for _, file_id in files)
        await outbox.rewrite(connection, map(str, run_ids), lambda message: _without(message, gone))
        await tell(uow, sorted(run_ids))
    uow.publish(DriveFilesForgottenV1(erasure_id=erasure.erasure_id, at=await sync_store.clock(connection)))


def _without(message: Message, gone: Set[str]) -> Message:
    if not isinstance(message, DriveRunProgressedV1):
        return message
    run = message.run
    errors = tuple(error for error in run.errors if error.file_id not in gone)
    fewer = len(run.errors) - len(errors)
    run = msgspec.structs.replace(run, errors=errors, error_count=run.error_count - fewer)
    return msgspec.structs.replace(message, run=run)
