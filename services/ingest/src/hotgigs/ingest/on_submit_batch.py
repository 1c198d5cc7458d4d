"""submit_batch -> batch_received, and resume_received for every file that was taken."""

from datetime import UTC, datetime

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.gateway.submit_batch import SubmitBatchV1
from hotgigs.contracts.ingest.batch_received import BatchReceivedV1
from hotgigs.contracts.ingest.resume_received import ResumeReceivedV1
from hotgigs.ingest import erasure_store, store
from hotgigs.ingest.resumes import received_batch


async def on_submit_batch(command: SubmitBatchV1, uow: UnitOfWork) -> None:
    now = datetime.now(UTC)
    received = received_batch(command, now)
    erased = await erasure_store.erased_among(uow.connection, [each.resume_id for each in received])
    resumes = [each for each in received if each.resume_id not in erased]
    if not resumes:
        return
    if not await store.add_batch(uow.connection, command.batch_id, command.owner_user_id, now):
        return
    await store.add_resumes(uow.connection, resumes)
    uow.publish(
        BatchReceivedV1(
            batch_id=command.batch_id,
            owner_user_id=command.owner_user_id,
            created_at=now,
            resumes=tuple(resumes),
        )
    )
    for resume in resumes:
        if resume.status == "uploaded":
            uow.publish(ResumeReceivedV1(resume=resume))
