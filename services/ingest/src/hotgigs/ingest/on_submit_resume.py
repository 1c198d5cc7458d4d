"""submit_resume -> resume_received."""

from datetime import UTC, datetime

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.gateway.submit_resume import SubmitResumeV1
from hotgigs.contracts.ingest.resume_received import ResumeReceivedV1
from hotgigs.ingest import erasure_store, store
from hotgigs.ingest.resumes import received


async def on_submit_resume(command: SubmitResumeV1, uow: UnitOfWork) -> None:
    if await erasure_store.erased_among(uow.connection, [command.resume_id]):
        return
    resume = received(command, datetime.now(UTC))
    if await store.add_resumes(uow.connection, [resume]):
        uow.publish(ResumeReceivedV1(resume=resume))
