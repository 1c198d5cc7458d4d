"""What the gateway shows of a command that is safe in its queue while its owner is away.

Version 0: any event of the owner replaces it, and it replaces none.
"""

from datetime import datetime

from hotgigs.chassis.database import Connection
from hotgigs.contracts.gateway.submit_batch import SubmitBatchV1
from hotgigs.contracts.gateway.submit_resume import SubmitResumeV1
from hotgigs.contracts.ingest.batch_received import BatchReceivedV1
from hotgigs.contracts.resume_state import ResumeState
from hotgigs.gateway import store


async def put_resume(connection: Connection, command: SubmitResumeV1, now: datetime) -> None:
    resume = ResumeState(
        resume_id=command.resume_id,
        version=0,
        attempt=1,
        owner_user_id=command.owner_user_id,
        database_id=command.database_id,
        source=command.source,
        filename=command.filename,
        file=command.file,
        status="uploaded",
        received_at=now,
    )
    await store.put_resumes(connection, [resume])


async def put_batch(connection: Connection, command: SubmitBatchV1, now: datetime) -> None:
    resumes = tuple(
        ResumeState(
            resume_id=file.resume_id,
            version=0,
            attempt=1,
            owner_user_id=command.owner_user_id,
            database_id=command.database_id,
            batch_id=command.batch_id,
            source=command.source,
            filename=file.filename,
            file=file.file,
            status="failed" if file.file is None else "uploaded",
            error_message=file.refusal,
            received_at=now,
        )
        for file in command.files
    )
    batch = BatchReceivedV1(
        batch_id=command.batch_id, owner_user_id=command.owner_user_id, created_at=now, resumes=resumes
    )
    await store.put_batch(connection, batch)
