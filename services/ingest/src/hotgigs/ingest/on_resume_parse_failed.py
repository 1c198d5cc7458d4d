"""resume_parse_failed -> resume_failed."""

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.resume_failed import ResumeFailedV1
from hotgigs.contracts.parser.resume_parse_failed import ResumeParseFailedV1
from hotgigs.ingest import store
from hotgigs.ingest.resumes import awaits, failed


async def on_resume_parse_failed(event: ResumeParseFailedV1, uow: UnitOfWork) -> None:
    resume = await store.lock_resume(uow.connection, event.resume_id)
    if resume is None or not awaits(resume, event.attempt):
        return
    resume = failed(resume, reason=event.reason, started_at=event.started_at, finished_at=event.finished_at)
    await store.put_outcome(uow.connection, resume, None)
    uow.publish(ResumeFailedV1(resume=resume))
