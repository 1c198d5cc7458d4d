"""What the gateway shows of a command that is safe in its queue while its owner is away.

Version 0: any event of the owner replaces it, and it replaces none.
"""

from datetime import datetime
from uuid import UUID

import msgspec

from hotgigs.chassis.database import Connection
from hotgigs.contracts.gateway.submit_batch import SubmitBatchV1
from hotgigs.contracts.gateway.submit_resume import SubmitResumeV1
from hotgigs.contracts.ingest.batch_received import BatchReceivedV1
from hotgigs.contracts.resume_state import ResumeState, StoredFile
from hotgigs.gateway import store


async def put_resume(connection: Connection, command: SubmitResumeV1, now: datetime) -> None:
    resume = _expected(command, command.resume_id, command.filename, command.file, now)
    await store.put_resumes(connection, [(resume, None)])


async def put_batch(connection: Connection, command: SubmitBatchV1, now: datetime) -> None:
    resumes = tuple(
        msgspec.structs.replace(
            _expected(command, each.resume_id, each.filename, each.file, now),
            batch_id=command.batch_id,
            error_message=each.refusal,
        )
        for each in command.files
    )
    batch = BatchReceivedV1(
        batch_id=command.batch_id, owner_user_id=command.owner_user_id, created_at=now, resumes=resumes
    )
    await store.put_batches(connection, [batch], is_provisional=True)


def _expected(
    command: SubmitResumeV1 | SubmitBatchV1,
    resume_id: UUID,
    filename: str,
    file: StoredFile | None,
    now: datetime,
) -> ResumeState:
    return ResumeState(
        resume_id=resume_id,
        version=0,
        attempt=1,
        owner_user_id=command.owner_user_id,
        database_id=command.database_id,
        source=command.source,
        filename=filename,
        file=file,
        status="failed" if file is None else "uploaded",
        received_at=now,
    )
